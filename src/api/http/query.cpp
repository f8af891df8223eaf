#include "api/http/query.h"

#include <algorithm>

#include "domain/clock.h"

namespace hss::api {

domain::Error bad_query(const std::string& error) {
  return {domain::ErrorCode::validation_error, "The query has faults", {error}};
}

std::optional<std::string> find_text(const Request& request, const char* name) {
  const std::string* text = request.find_query(name);
  return text == nullptr || text->empty() ? std::nullopt : std::optional(*text);
}

std::string parse_date(const Request& request, const char* name, const std::string& otherwise) {
  const std::string* text = request.find_query(name);
  if (text == nullptr) return otherwise;
  if (!domain::is_calendar_date(*text)) {
    throw bad_query(std::string(name) + " must be a calendar date as YYYY-MM-DD");
  }
  return *text;
}

std::int64_t parse_whole_number(const Request& request, const char* name, std::int64_t otherwise) {
  const std::string* text = request.find_query(name);
  if (text == nullptr) return otherwise;
  constexpr std::size_t max_digits = 9;
  const bool is_number = !text->empty() && text->size() <= max_digits &&
                         text->find_first_not_of("0123456789") == text->npos;
  if (!is_number) {
    throw bad_query(std::string(name) + " must be a whole number from 0 to 999999999");
  }
  return std::stoll(*text);
}

int parse_count(const Request& request, const char* name, int otherwise, int max) {
  return static_cast<int>(
      std::clamp<std::int64_t>(parse_whole_number(request, name, otherwise), 1, max));
}

}  // namespace hss::api
