#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "api/http/request.h"
#include "api/http/response.h"

namespace hss::api {

/// Keeps responses as long as nothing changes, each under its ETag (etag.h), so that screens that
/// ask for the same thing read it from the database once. Thread-safe.
class ResponseCache {
 public:
  ResponseCache();
  ~ResponseCache();

  /// Of all that is kept, in bytes.
  static constexpr std::size_t max_bytes = 8 * 1024 * 1024;

  /// What was answered under that tag, with this request's id; packed, where the client takes that.
  std::optional<Response> find(const std::string& etag, const Request& request) const;

  /// Keeps the answer that this request got at `revision`, where it has a JSON object for a body
  /// that ends in the request's id. What was kept at another revision is forgotten, and all of it
  /// where there is no room.
  void keep(const std::string& etag, std::uint64_t revision, const Response& response,
            const Request& request);

 private:
  struct Cached;

  mutable std::mutex mutex_;
  std::uint64_t revision_ = 0;
  std::size_t bytes_ = 0;
  /// Their bodies without what the request's id makes of the end.
  std::unordered_map<std::string, std::shared_ptr<Cached>> by_etag_;
};

}  // namespace hss::api
