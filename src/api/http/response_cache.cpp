#include "api/http/response_cache.h"

#include <utility>

#include "api/http/accept_encoding.h"
#include "api/http/compression.h"
#include "api/http/gzip.h"
#include "api/http/json.h"

namespace hss::api {
namespace {

/// A larger response would evict too many others.
constexpr std::size_t max_kept = ResponseCache::max_bytes / 32;
/// Bytes per response besides its body: its tag, headers and map entries, with room to spare.
constexpr std::size_t around_each = 768;

}  // namespace

struct ResponseCache::Cached {
  int status = 0;
  Fields headers;
  std::string body;
  std::once_flag packing;
  std::optional<GzipText> packed;
};

ResponseCache::ResponseCache() = default;
ResponseCache::~ResponseCache() = default;

std::optional<Response> ResponseCache::find(const std::string& etag, const Request& request) const {
  std::shared_ptr<Cached> kept;
  {
    const std::lock_guard lock(mutex_);
    const auto found = by_etag_.find(etag);
    if (found == by_etag_.end()) return std::nullopt;
    kept = found->second;
  }
  Response response{
      .status = kept->status, .headers = kept->headers, .body = {}, .static_body = {}};
  const std::string end = end_of_answer(request);
  if (kept->body.size() + end.size() >= least_compressed && accepts_encoding(request, "gzip")) {
    std::call_once(kept->packing, [&] { kept->packed.emplace(kept->body); });
    set_encoded(response, kept->packed->close(end));
    return response;
  }
  response.body.reserve(kept->body.size() + end.size());
  response.body.append(kept->body).append(end);
  return response;
}

void ResponseCache::keep(const std::string& etag, std::uint64_t revision, const Response& response,
                         const Request& request) {
  const std::string end = end_of_answer(request);
  if (!response.body.ends_with(end) || response.body.size() > max_kept) return;
  auto kept = std::make_shared<Cached>();
  kept->status = response.status;
  kept->headers = response.headers;
  kept->body = response.body.substr(0, response.body.size() - end.size());
  // The compressed copy adds a quarter at most.
  const std::size_t size = kept->body.size() * 5 / 4 + around_each;
  const std::lock_guard lock(mutex_);
  if (revision != revision_ || bytes_ + size > max_bytes) {
    by_etag_.clear();
    bytes_ = 0;
    revision_ = revision;
  }
  if (by_etag_.emplace(etag, std::move(kept)).second) bytes_ += size;
}

}  // namespace hss::api
