#include "api/http/page.h"

#include "api/http/query.h"

namespace hss::api {

int parse_limit(const Request& request, int otherwise) {
  constexpr int max_rows = 200;
  return parse_count(request, "limit", otherwise, max_rows);
}

domain::Page parse_page(const Request& request, int default_limit) {
  return {.limit = parse_limit(request, default_limit),
          .offset = parse_whole_number(request, "offset", 0),
          .cursor = find_text(request, "cursor")};
}

}  // namespace hss::api
