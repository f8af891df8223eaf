#include "outgoing/http_date.h"

#include <array>
#include <chrono>
#include <iomanip>
#include <locale>
#include <sstream>
#include <string_view>

namespace hss::outgoing {
namespace {

/// The seconds since 1970 at that time of UTC.
std::time_t seconds_at(const std::tm& utc) {
  using namespace std::chrono;
  const sys_days day = year{utc.tm_year + 1900} / (utc.tm_mon + 1) / utc.tm_mday;
  // In whole seconds, as the system's clock ends in 2262.
  const sys_seconds time = day + hours(utc.tm_hour) + minutes(utc.tm_min) + seconds(utc.tm_sec);
  return static_cast<std::time_t>(time.time_since_epoch().count());
}

}  // namespace

std::optional<std::time_t> find_http_date(const std::string& text) {
  constexpr std::array<std::string_view, 3> formats{
      "%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"};
  for (const std::string_view format : formats) {
    // A text that ends too early is none of get_time's errors.
    if (format.ends_with("GMT") != text.ends_with("GMT")) continue;
    std::tm parts{};
    std::istringstream in(text);
    in.imbue(std::locale::classic());
    in >> std::get_time(&parts, format.data());
    if (!in.fail() && in.peek() == std::istringstream::traits_type::eof()) return seconds_at(parts);
  }
  return std::nullopt;
}

}  // namespace hss::outgoing
