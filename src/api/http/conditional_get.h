#pragma once

#include "api/http/response_cache.h"
#include "api/route.h"
#include "api/services.h"

namespace hss::api {

/// True if the ETag is of all the data and the time.
constexpr bool has_etag_of_revision(Caching caching) {
  return caching == Caching::with_etag || caching == Caching::with_etag_by_day ||
         caching == Caching::with_etag_by_minute;
}

/// Answers the queries of routes with an ETag: 304 if the client has the response already, from the
/// cache if somebody got it since the last change, and otherwise from the database. Thread-safe.
class ConditionalGet {
 public:
  Response get(Query (*make)(const Request&, const Services&), const Request& request,
               const Services& services, Caching caching);

 private:
  ResponseCache cache_;
};

}  // namespace hss::api
