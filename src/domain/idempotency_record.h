#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hss::domain {

/// How long a key lives, and what is kept of it.
inline constexpr std::chrono::hours idempotency_key_lifetime{24};
/// Answers that one holder may leave behind at once; each takes room on the disk.
inline constexpr int max_idempotency_records_per_holder = 1'000;

/// What was answered to the first request that carried an Idempotency-Key. It is stored in the
/// transaction that did the work, so that the work and the memory of it stand or fall together.
struct IdempotencyRecord {
  std::string scope;        ///< whose key it is: keys of two accounts never meet
  std::string key;          ///< the client's, 1–255 visible ASCII characters
  std::string fingerprint;  ///< of method, path and body: another request with this key is refused
  int status = 0;
  std::string body;
  std::string location;    ///< the Location header; empty where there was none
  std::string created_at;  ///< RFC 3339; keys live idempotency_key_lifetime from here
  /// On whose account it is kept (max_idempotency_records_per_holder); empty: on nobody's.
  std::string holder{};
};

/// The answers to requests with a key.
class IdempotencyStore {
 public:
  virtual ~IdempotencyStore() = default;

  /// The answer to this scope's key, unless it is older than `not_before` (RFC 3339).
  virtual std::optional<IdempotencyRecord> find(std::string_view scope, std::string_view key,
                                                std::string_view not_before) = 0;
  /// Replaces an expired answer to the same key, and forgets a few others older than `not_before`.
  virtual void insert(const IdempotencyRecord& answer, std::string_view not_before) = 0;
  /// Where the holder has as many as `max` answers that are not older than `not_before`: when the
  /// one was made that has to expire before another has room.
  virtual std::optional<std::string> find_blocking(std::string_view holder,
                                                   std::string_view not_before, int max) = 0;
};

}  // namespace hss::domain
