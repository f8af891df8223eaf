#include "api/attempts.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/digest.h"
#include "domain/error.h"

namespace hss::api {

Attempts::Attempts(domain::Clock now, std::size_t most) : now_(std::move(now)), most_(most) {}

void Attempts::count(const std::string& name, const AttemptLimit& limit) {
  const std::lock_guard lock(mutex_);
  const domain::Instant now = now_();
  Counter& found = counter(name);
  const domain::Instant free_at = found.empty_at - (limit.burst - 1) * limit.interval;
  if (free_at > now) {
    throw domain::Error::rate_limited("Too many tries; please wait a little",
                                      std::chrono::ceil<std::chrono::seconds>(free_at - now));
  }
  found.empty_at = std::max(found.empty_at, now) + limit.interval;
}

void Attempts::forgive(const std::string& name, const AttemptLimit& limit) {
  const std::lock_guard lock(mutex_);
  counter(name).empty_at -= limit.interval;
}

bool Attempts::has_counted(const std::string& name, const AttemptLimit& limit, int tries) {
  const std::lock_guard lock(mutex_);
  return counter(name).empty_at > now_() + (tries - 1) * limit.interval;
}

void Attempts::trust(const std::string& name) {
  const std::lock_guard lock(mutex_);
  counter(name).is_trusted = true;
}

bool Attempts::trusts(const std::string& name) {
  const std::lock_guard lock(mutex_);
  return counter(name).is_trusted;
}

std::size_t Attempts::size() const {
  const std::lock_guard lock(mutex_);
  return counters_.size();
}

Attempts::Counter& Attempts::counter(const std::string& full_name) {
  std::string name = crypto::sha256(full_name);
  if (const auto found = by_name_.find(name); found != by_name_.end()) {
    counters_.splice(counters_.begin(), counters_, found->second);
    return counters_.front();
  }
  if (counters_.size() >= most_) {
    by_name_.erase(counters_.back().name);
    counters_.pop_back();
  }
  counters_.push_front({.name = std::move(name)});
  by_name_.emplace(counters_.front().name, counters_.begin());
  return counters_.front();
}

std::string network_of(const std::string& address) {
  std::array<unsigned char, 16> bytes{};
  if (::inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
  constexpr std::array<unsigned char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  const bool is_v4 = std::equal(mapped.begin(), mapped.end(), bytes.begin());
  constexpr std::size_t network = 8;
  const std::size_t size = is_v4 ? bytes.size() : network;
  return crypto::to_hex({reinterpret_cast<const char*>(bytes.data()), size});
}

}  // namespace hss::api
