#include "crypto/password.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <stdexcept>
#include <thread>

#include "crypto/base64url.h"
#include "crypto/digest.h"
#include "platform/process.h"
#include "threads/permits.h"

namespace hss::crypto {
namespace {

constexpr std::size_t salt_size = 16, hash_size = 32;

struct Cost {
  unsigned log2_n = 15, r = 8, p = 3;
  bool operator==(const Cost&) const = default;
};

struct Parsed {
  Cost cost;
  std::string salt, hash;
};

/// Limits the hashes at once: one a processor, and together no more than a quarter of the memory.
std::size_t count_slots() {
  constexpr std::uint64_t bytes_of_hash = 32 * 1024 * 1024;
  const auto fitting = std::max<std::uint64_t>(1, platform::memory_limit() / 4 / bytes_of_hash);
  const auto processors = std::max(1u, std::thread::hardware_concurrency());
  return static_cast<std::size_t>(std::min<std::uint64_t>(processors, fitting));
}

threads::Permits& slots() {
  static threads::Permits slots(count_slots());
  return slots;
}

std::string derive(std::string_view password, std::string_view salt, const Cost& cost) {
  constexpr std::uint64_t max_memory = 64 * 1024 * 1024;
  std::string hash(hash_size, '\0');
  const auto slot = slots().take();
  if (EVP_PBE_scrypt(password.data(), password.size(),
                     reinterpret_cast<const unsigned char*>(salt.data()), salt.size(),
                     std::uint64_t{1} << cost.log2_n, cost.r, cost.p, max_memory,
                     reinterpret_cast<unsigned char*>(hash.data()), hash.size()) != 1) {
    throw std::bad_alloc();
  }
  return hash;
}

/// Reads `name` and the number behind it off the text's front.
bool take_number(std::string_view& text, std::string_view name, unsigned& number) {
  if (!text.starts_with(name)) return false;
  text.remove_prefix(name.size());
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

std::optional<Parsed> parse(std::string_view text) {
  Parsed parsed;
  Cost& cost = parsed.cost;
  if (!take_number(text, "$scrypt$ln=", cost.log2_n) || !take_number(text, ",r=", cost.r) ||
      !take_number(text, ",p=", cost.p) || !text.starts_with('$')) {
    return std::nullopt;
  }
  text.remove_prefix(1);
  const auto dollar = text.find('$');
  if (dollar == text.npos) return std::nullopt;
  const auto salt = from_base64url(text.substr(0, dollar));
  const auto hash = from_base64url(text.substr(dollar + 1));
  // The cost that a row can demand is bounded, whoever wrote the row.
  if (!salt || !hash || hash->size() != hash_size || cost.log2_n < 10 || cost.log2_n > 15 ||
      cost.r != 8 || cost.p < 1 || cost.p > 16) {
    return std::nullopt;
  }
  parsed.salt = *salt;
  parsed.hash = *hash;
  return parsed;
}

}  // namespace

std::string hash_password(std::string_view password) {
  std::array<std::uint8_t, salt_size> bytes{};
  fill_random(bytes);
  const std::string salt(bytes.begin(), bytes.end());
  const Cost cost;
  return "$scrypt$ln=" + std::to_string(cost.log2_n) + ",r=" + std::to_string(cost.r) +
         ",p=" + std::to_string(cost.p) + "$" + to_base64url(salt) + "$" +
         to_base64url(derive(password, salt, cost));
}

PasswordCheck check_password(std::string_view password, std::string_view hash) {
  const auto parsed = parse(hash);
  if (!parsed) {
    derive(password, std::string(salt_size, '\0'), Cost{});
    return PasswordCheck::wrong;
  }
  if (!is_equal(derive(password, parsed->salt, parsed->cost), parsed->hash)) {
    return PasswordCheck::wrong;
  }
  return parsed->cost == Cost{} ? PasswordCheck::right : PasswordCheck::right_but_outdated;
}

}  // namespace hss::crypto
