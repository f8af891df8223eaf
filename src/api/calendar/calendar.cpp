#include "api/calendar/calendar.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "api/calendar/calendar_json.h"
#include "api/http/etag.h"
#include "api/http/query.h"
#include "domain/calendar/calendar_service.h"

namespace hss::api {
namespace {

constexpr int max_days = 62;

/// The dates that were asked for: from today, and as many as there may be.
std::pair<std::string, std::string> parse_dates(const Request& request, domain::Instant now) {
  const std::string from = parse_date(request, "from", domain::to_day(now));
  const std::string last = domain::add_days(from, max_days - 1);
  const std::string to = parse_date(request, "to", last);
  if (to < from) throw bad_query("to must not be before from");
  if (to > last) throw bad_query("to must be within 62 days of from");
  return {from, to};
}

std::string etag_of(const Json& calendar) {
  return etag_of_content(calendar.dump());
}

domain::Calendar calendar_of(domain::CalendarReader& reader) {
  return reader.find().value_or(domain::default_calendar());
}

}  // namespace

Query list_slots(const Request& request, const Services& services) {
  const domain::Instant now = services.now();
  const auto kind = find_choice(request, "kind", domain::all_place_kinds);
  return [&request, now, dates = parse_dates(request, now),
          kind = kind.value_or(domain::PlaceKind::pickup)](domain::Reader& reader) {
    const auto& [from, to] = dates;
    const domain::Calendar calendar = calendar_of(reader.calendar());
    const domain::TakenPlaces taken = reader.calendar().taken(from, to);
    Json days = Json::array();
    for (int day = 0; day < max_days; ++day) {
      const std::string date = domain::add_days(from, day);
      days.push_back(to_json(domain::slots_on(calendar, date, kind, taken, now)));
      if (date == to) break;
    }
    return json_response(200, {{"days", std::move(days)}}, request);
  };
}

Query get_calendar(const Request& request, const Services& services) {
  return [&request, &services](domain::Reader& reader) {
    const Json calendar = to_json(calendar_of(reader.calendar()), services.now());
    return tag(json_response(200, calendar, request), request, etag_of(calendar));
  };
}

Command put_calendar(const Request& request, const Services& services) {
  auto wanted = domain::validate(calendar_form_of(parse_object(request)));
  return [&request, &services, wanted = std::move(wanted)](domain::Tx& tx) {
    const domain::Instant now = services.now();
    const domain::Calendar last = calendar_of(tx.calendar());
    if (!domain::is_saved(wanted, last)) require_match(request, etag_of(to_json(last, now)));
    const Json saved = to_json(domain::save_calendar(tx, wanted, request.caller(), now), now);
    Response response = json_response(200, saved, request);
    response.set("ETag", etag_of(saved));
    return response;
  };
}

}  // namespace hss::api
