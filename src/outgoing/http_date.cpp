#include "outgoing/http_date.h"

#include <array>

namespace hss::outgoing {

std::optional<std::time_t> find_http_date(const std::string& text) {
  constexpr std::array formats{"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT",
                               "%a %b %e %H:%M:%S %Y"};
  for (const char* format : formats) {
    std::tm parts{};
    const char* end = ::strptime(text.c_str(), format, &parts);
    if (end != nullptr && *end == '\0') {
      return ::timegm(&parts);
    }
  }
  return std::nullopt;
}

}  // namespace hss::outgoing
