#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace hss::aws {

/// Whether a service's error code is one of these.
inline bool is_any_of(std::string_view code, std::span<const std::string_view> codes) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace hss::aws
