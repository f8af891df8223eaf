#include "api/reports/statistics.h"

#include "api/http/json.h"
#include "api/http/query.h"

namespace hss::api {
namespace {

void write(JsonText& text, const domain::Statistics& statistics) {
  text.open("weeks", '[');
  for (const auto& week : statistics.weeks) {
    text.open('{')
        .member("week", week.week)
        .member("bookings", week.bookings)
        .member("revenue", week.revenue)
        .close('}');
  }
  text.close(']').open("items", '[');
  for (const auto& item : statistics.items) {
    text.open('{')
        .member("type", item.type)
        .member("label", item.label)
        .member("count", item.count)
        .close('}');
  }
  text.close(']').open("durations", '[');
  for (const auto& duration : statistics.durations) {
    text.open('{')
        .member("duration_months", duration.duration_months)
        .member("count", duration.count)
        .close('}');
  }
  text.close(']');
}

}  // namespace

Query get_statistics(const Request& request, const Services& services) {
  constexpr int default_weeks = 12;
  constexpr int max_weeks = 104;
  const int count = parse_count(request, "weeks", default_weeks, max_weeks);
  return [&request, weeks = domain::last_weeks(services.now(), count)](domain::Reader& reader) {
    JsonText text;
    text.open('{');
    write(text, reader.reports().statistics(weeks));
    return json_response(200, std::move(text), request);
  };
}

}  // namespace hss::api
