#include "auth/rate_limiter.h"

#include <algorithm>
#include <utility>

#include "crypto/digest.h"
#include "domain/error.h"
#include "platform/ip_address.h"

namespace hss::auth {
namespace {

domain::Error too_many(domain::Instant::duration wait) {
  return domain::Error::rate_limited("Too many tries; please wait a little",
                                     std::chrono::ceil<std::chrono::seconds>(wait));
}

std::string key_of(const Attempt& attempt) {
  return crypto::sha256(attempt.name);
}

}  // namespace

domain::Instant RateLimiter::Counters::empty_at(const std::string& key) const {
  const auto found = by_key_.find(key);
  return found == by_key_.end() ? domain::Instant() : found->second;
}

void RateLimiter::Counters::set(const std::string& key, domain::Instant empty_at) {
  const auto [entry, is_new] = by_key_.try_emplace(key, empty_at);
  if (!is_new) by_time_.erase({std::exchange(entry->second, empty_at), key});
  by_time_.emplace(empty_at, key);
}

bool RateLimiter::Counters::has_room(const std::string& key, std::size_t max, domain::Instant now) {
  if (by_key_.size() < max || by_key_.contains(key)) return true;
  if (first_empty_at() > now) return false;
  by_key_.erase(by_time_.begin()->second);
  by_time_.erase(by_time_.begin());
  return true;
}

RateLimiter::RateLimiter(domain::Clock now, std::size_t max, int instances)
    : now_(domain::never_back(std::move(now))), max_(max), instances_(instances) {}

int RateLimiter::share_of(int tries) const {
  return (tries + instances_ - 1) / instances_;
}

domain::Instant::duration RateLimiter::interval_of(const Attempt& attempt) const {
  return instances_ * attempt.limit.interval;
}

void RateLimiter::count(std::span<const Attempt> attempts) {
  const std::lock_guard lock(mutex_);
  const domain::Instant now = now_();
  for (const Attempt& attempt : attempts) {
    Counters& all = counters(attempt);
    const std::string key = key_of(attempt);
    const domain::Instant free_at =
        all.empty_at(key) - (share_of(attempt.limit.burst) - 1) * interval_of(attempt);
    if (free_at > now) throw too_many(free_at - now);
    if (!all.has_room(key, max_, now)) throw too_many(all.first_empty_at() - now);
  }
  for (const Attempt& attempt : attempts) {
    Counters& all = counters(attempt);
    const std::string key = key_of(attempt);
    all.set(key, std::max(all.empty_at(key), now) + interval_of(attempt));
  }
}

void RateLimiter::forgive(std::span<const Attempt> attempts) {
  const std::lock_guard lock(mutex_);
  for (const Attempt& attempt : attempts) {
    Counters& all = counters(attempt);
    const std::string key = key_of(attempt);
    const domain::Instant empty_at = all.empty_at(key);
    if (empty_at != domain::Instant()) all.set(key, empty_at - interval_of(attempt));
  }
}

bool RateLimiter::has_counted(const Attempt& attempt, int tries) const {
  const std::lock_guard lock(mutex_);
  return counters(attempt).empty_at(key_of(attempt)) >
         now_() + (share_of(tries) - 1) * interval_of(attempt);
}

std::size_t RateLimiter::size() const {
  const std::lock_guard lock(mutex_);
  return ours_.size() + clients_.size();
}

RateLimiter::Counters& RateLimiter::counters(const Attempt& attempt) {
  return attempt.from == Attempt::Name::of_ours ? ours_ : clients_;
}

const RateLimiter::Counters& RateLimiter::counters(const Attempt& attempt) const {
  return attempt.from == Attempt::Name::of_ours ? ours_ : clients_;
}

std::string network_of(const std::string& address) {
  const auto v6 = platform::find_ipv6(address);
  if (!v6) return address;
  const platform::IpV6& bytes = *v6;
  const bool is_link_local = bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80;
  constexpr std::size_t network = 8;
  const std::size_t size =
      platform::is_mapped_ipv4(bytes) || is_link_local ? bytes.size() : network;
  return crypto::to_hex({reinterpret_cast<const char*>(bytes.data()), size});
}

bool is_this_machine(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

}  // namespace hss::auth
