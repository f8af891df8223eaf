#include "api/http/conditional_get.h"

#include <utility>

#include "api/http/etag.h"

namespace hss::api {

namespace {

/// What a response that depends on the time is valid for.
std::string period_of(Caching caching, domain::Instant now) {
  constexpr std::size_t up_to_the_minute = std::string_view("2026-11-22T08:00").size();
  if (caching == Caching::with_etag_by_minute) {
    return domain::to_rfc3339(now).substr(0, up_to_the_minute);
  }
  if (caching == Caching::with_etag_by_day) return domain::to_day(now);
  return domain::to_week(now);
}

}  // namespace

Response ConditionalGet::get(Query (*make)(const Request&, const Services&), const Request& request,
                             const Services& services, Caching caching) {
  // The revision is read before the data and the time: a change in between gives a tag that is too
  // old, never one that is too new.
  // Both numbers only grow, so no two states have the same sum.
  const std::uint64_t revision =
      services.store.revision() + (services.backups ? services.backups->changes() : 0);
  const std::string etag =
      etag_of(request, revision, services.version, period_of(caching, services.now()));
  const Query query = make(request, services);
  Response response;
  // A matching tag came from a 200 to this request of this caller, and nothing has changed since.
  // `*` proves none of that, so the query must run.
  const bool is_known = names_etag(request, etag);
  if (!is_known) {
    if (auto kept = cache_.find(etag, request)) {
      response = *std::move(kept);
    } else {
      response = services.store.read(query);
      cache_.keep(etag, revision, response, request);
      // The cache compresses the body once for all clients that accept it.
      if (auto again = cache_.find(etag, request)) response = *std::move(again);
    }
  }
  if (is_known || names_any_etag(request)) {
    response = {.status = 304, .headers = {}, .body = {}, .static_body = {}};
  }
  response.set("ETag", etag);
  response.set("Cache-Control", "private, no-cache");
  response.add_vary("Authorization, X-HSS-Role");
  // A 304 has the same Vary as the 200 that it replaces (compression.h).
  if (response.status == 304) response.add_vary("Accept-Encoding");
  return response;
}

}  // namespace hss::api
