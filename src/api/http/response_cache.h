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

/// Keeps responses until something changes, each under its ETag (etag.h), so that clients that ask
/// for the same thing read it from the database once. Thread-safe.
class ResponseCache {
 public:
  ResponseCache();
  ~ResponseCache();

  /// Limit of all that is kept, in bytes.
  static constexpr std::size_t max_bytes = 8 * 1024 * 1024;

  /// Returns the response with that tag, with this request's id; compressed if the client accepts
  /// it.
  std::optional<Response> find(const std::string& etag, const Request& request) const;

  /// Keeps the response to this request at `revision` if its body is a JSON object that ends in the
  /// request's id. Drops responses of another revision, and drops all if there is no room.
  void keep(const std::string& etag, std::uint64_t revision, const Response& response,
            const Request& request);

 private:
  struct Cached;

  mutable std::mutex mutex_;
  std::uint64_t revision_ = 0;
  std::size_t bytes_ = 0;
  /// Bodies are kept without the end that holds the request's id.
  std::unordered_map<std::string, std::shared_ptr<Cached>> by_etag_;
};

}  // namespace hss::api
