#pragma once

#include <string>
#include <string_view>

#include "domain/validation/text.h"

namespace hss::api {

/// Calls `each` with the members of a comma-separated header, trimmed, until it returns true.
/// Returns true if it did. A missing header has no members.
template <class Each>
bool any_member(const std::string* header, const Each& each) {
  std::string_view rest = header == nullptr ? std::string_view() : *header;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    if (each(domain::trim(rest.substr(0, comma)))) return true;
    rest = comma == rest.npos ? std::string_view() : rest.substr(comma + 1);
  }
  return false;
}

}  // namespace hss::api
