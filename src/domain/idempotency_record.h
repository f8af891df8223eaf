#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hss::domain {

/// The lifetime of a key, and limits of its record.
inline constexpr std::chrono::hours idempotency_key_lifetime{24};
/// The maximum of records that one holder may have at once; each takes room on the disk.
inline constexpr int max_idempotency_records_per_holder = 1'000;

/// The answer to the first request with an Idempotency-Key. It is stored in the transaction that
/// does the work, so that both are committed or neither.
struct IdempotencyRecord {
  std::string scope;        ///< the key's owner: keys of two accounts never collide
  std::string key;          ///< the client's, 1–255 visible ASCII characters
  std::string fingerprint;  ///< of method, path and body: another request with this key is rejected
  int status = 0;
  std::string body;
  std::string location;    ///< the Location header; empty if there was none
  std::string created_at;  ///< RFC 3339; keys live idempotency_key_lifetime from here
  /// The holder whose quota it counts against (max_idempotency_records_per_holder); empty:
  /// nobody's.
  std::string holder{};
};

/// The records of requests with an Idempotency-Key.
class IdempotencyStore {
 public:
  virtual ~IdempotencyStore() = default;

  /// Finds the record of this scope's key, unless it is older than `not_before` (RFC 3339).
  virtual std::optional<IdempotencyRecord> find(std::string_view scope, std::string_view key,
                                                std::string_view not_before) = 0;
  /// Replaces an expired record of the same key, and deletes a few others older than `not_before`.
  virtual void insert(const IdempotencyRecord& answer, std::string_view not_before) = 0;
  /// If the holder has at least `max` records that are not older than `not_before`, returns when
  /// the one was created that has to expire before another has room.
  virtual std::optional<std::string> find_blocking(std::string_view holder,
                                                   std::string_view not_before, int max) = 0;
};

}  // namespace hss::domain
