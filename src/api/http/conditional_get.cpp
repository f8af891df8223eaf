#include "api/http/conditional_get.h"

#include <utility>

#include "api/http/etag.h"

namespace hss::api {

Response ConditionalGet::get(Query (*make)(const Request&, const Services&), const Request& request,
                             const Services& services) {
  // Taken before the data and the time are looked at: a change in between gives a tag too old,
  // never one too new.
  // Both only grow, so no two states have one sum.
  const std::uint64_t revision =
      services.store.revision() + (services.backups ? services.backups->changes() : 0);
  const std::string etag = etag_of(request, revision, services.now());
  const Query query = make(request, services);
  Response response;
  // Only an answer 200 to this very request by this caller has had this tag, and nothing has
  // changed since. `*` says nothing of the kind, so there the answer must be looked for.
  const bool is_known = names_etag(request, etag);
  if (!is_known) {
    if (auto kept = cache_.find(etag, request)) {
      response = *std::move(kept);
    } else {
      response = services.store.read(query);
      cache_.keep(etag, revision, response, request);
      // Packed once for all who take it so.
      if (auto again = cache_.find(etag, request)) response = *std::move(again);
    }
  }
  if (is_known || names_any_etag(request)) {
    response = {.status = 304, .headers = {}, .body = {}, .static_body = {}};
  }
  response.set("ETag", etag);
  response.set("Cache-Control", "private, no-cache");
  response.add_vary("Authorization, X-HSS-Role");
  // As the answer that it stands for has (compression.h).
  if (response.status == 304) response.add_vary("Accept-Encoding");
  return response;
}

}  // namespace hss::api
