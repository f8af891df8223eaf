#pragma once

#include "api/http/response_cache.h"
#include "api/route.h"
#include "api/services.h"

namespace hss::api {

/// Answers queries of routes with an ETag: 304 where the client has the answer already, from memory
/// where somebody got it since the last change, else from the database. Thread-safe.
class ConditionalGet {
 public:
  Response get(Query (*make)(const Request&, const Services&), const Request& request,
               const Services& services);

 private:
  ResponseCache cache_;
};

}  // namespace hss::api
