#include "api/http/accept_encoding.h"

#include <optional>

#include "api/http/header_list.h"
#include "domain/validation/text.h"

namespace hss::api {
namespace {

bool has_weight(std::string_view parameter) {
  const auto weight = domain::to_lower(domain::trim(parameter));
  return !(weight.starts_with("q=0") && weight.find_first_of("123456789") == weight.npos);
}

}  // namespace

bool accepts_encoding(const Request& request, std::string_view coding) {
  std::optional<bool> named, any;
  any_member(request.find_header("Accept-Encoding"), [&](std::string_view member) {
    const auto semicolon = member.find(';');
    const std::string name = domain::to_lower(domain::trim(member.substr(0, semicolon)));
    const bool is_taken = semicolon == member.npos || has_weight(member.substr(semicolon + 1));
    if (name == coding) named = is_taken;
    if (name == "*") any = is_taken;
    return named.has_value();
  });
  return named.value_or(any.value_or(false));
}

}  // namespace hss::api
