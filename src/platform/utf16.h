#pragma once

#include <string>
#include <string_view>
#include <system_error>

namespace hss::platform {

// Windows' own functions take UTF-16. The files *_windows.cpp alone use this.

/// UTF-8 as UTF-16; what is no UTF-8 becomes U+FFFD.
std::wstring to_wide(std::string_view text);
/// UTF-16 as UTF-8.
std::string to_utf8(std::wstring_view text);

/// GetLastError().
std::error_code last_failure();

}  // namespace hss::platform
