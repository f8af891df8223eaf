#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "api/http/request.h"
#include "domain/error.h"

namespace hss::api {

/// A validation error of the query; `error` begins with the parameter's name.
domain::Error bad_query(const std::string& error);

/// Builds `<name> must be one of ['a', 'b']` from an enumeration's texts.
template <class Choices>
std::string one_of(const std::string& name, const Choices& choices) {
  std::string texts;
  for (const auto choice : choices) {
    texts += (texts.empty() ? "'" : ", '") + std::string(to_text(choice)) + "'";
  }
  return name + " must be one of [" + texts + "]";
}

/// The parameter; none if it is empty or missing.
std::optional<std::string> find_text(const Request& request, const char* name);

/// The parameter as one of `choices`; none if it is empty or missing. Throws
/// Error{validation_error} that names the parameter and the choices.
template <class Choices>
auto find_choice(const Request& request, const char* name, const Choices& choices)
    -> std::optional<typename Choices::value_type> {
  const auto text = find_text(request, name);
  if (!text) return std::nullopt;
  for (const auto choice : choices) {
    if (to_text(choice) == *text) return choice;
  }
  throw bad_query(one_of(name, choices));
}

/// The parameter, or `otherwise` if it is missing. Throws Error{validation_error} that names it
/// unless it is a date of the calendar.
std::string parse_date(const Request& request, const char* name, const std::string& otherwise);

/// The parameter, or `otherwise` if it is missing. Throws Error{validation_error} that names it
/// unless it is a whole number from 0 to 999,999,999.
std::int64_t parse_whole_number(const Request& request, const char* name, std::int64_t otherwise);

/// Does the same, and clamps to [1, max].
int parse_count(const Request& request, const char* name, int otherwise, int max);

}  // namespace hss::api
