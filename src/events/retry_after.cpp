#include "events/retry_after.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "outgoing/http_date.h"

namespace hss::events {
namespace {

using std::chrono::seconds;

constexpr seconds max_delay = std::chrono::hours(24 * 365);

}  // namespace

seconds parse_retry_after(std::string_view header, domain::Instant now) {
  const bool is_number = !header.empty() && header.find_first_not_of("0123456789") == header.npos;
  if (is_number) {
    std::int64_t number = max_delay.count();
    // A number that is too large means the longest pause.
    std::from_chars(header.data(), header.data() + header.size(), number);
    return std::min(seconds(number), max_delay);
  }
  const auto date = outgoing::find_http_date(std::string(header));
  if (!date) return seconds(0);
  // Computed in seconds, as an Instant cannot represent the year 9999.
  return std::clamp(seconds(*date - std::chrono::system_clock::to_time_t(now)), seconds(0),
                    max_delay);
}

}  // namespace hss::events
