#include "api/page.h"

#include <algorithm>

#include "domain/error.h"

namespace hss::api {
namespace {

constexpr int most_rows = 200;

std::int64_t parse_whole_number(const Request& request, const char* name, std::int64_t otherwise) {
  const std::string* text = request.find_query(name);
  if (text == nullptr) return otherwise;
  constexpr std::size_t most_digits = 9;
  const bool is_number = !text->empty() && text->size() <= most_digits &&
                         text->find_first_not_of("0123456789") == text->npos;
  if (!is_number) {
    throw domain::Error(domain::ErrorCode::validation_error, "The query has faults",
                        {std::string(name) + " must be a whole number from 0 to 999999999"});
  }
  return std::stoll(*text);
}

}  // namespace

domain::Page parse_page(const Request& request, int default_limit) {
  const std::string* cursor = request.find_query("cursor");
  const std::int64_t limit = parse_whole_number(request, "limit", default_limit);
  return {.limit = static_cast<int>(std::clamp<std::int64_t>(limit, 1, most_rows)),
          .offset = parse_whole_number(request, "offset", 0),
          .cursor = cursor == nullptr || cursor->empty() ? std::nullopt : std::optional(*cursor)};
}

}  // namespace hss::api
