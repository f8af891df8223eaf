#include "api/bookings/day.h"

#include "api/bookings/booking_json.h"
#include "api/http/query.h"
#include "domain/bookings/day.h"

namespace hss::api {
namespace {

/// Far more than anybody drives to; it bounds the answer where the calendar has no limits.
constexpr int max_stops = 500;

void write(JsonText& text, const char* name, const std::optional<domain::Slot>& slot) {
  if (!slot) return;
  text.open(name, '{').member("capacity", slot->capacity).member("free", slot->free);
  if (slot->over > 0) text.member("over", slot->over);
  text.close('}');
}

void write(JsonText& text, const domain::Stop& stop) {
  text.open('{').member("kind", domain::to_text(stop.kind)).open("booking", '{');
  write(text, stop.booking);
  write(text, stop.items);
  text.close('}').open("photos", '[');
  for (const std::string& id : stop.photos) text.element(id);
  text.close(']')
      .member("owed", stop.owed)
      .member("is_ready", stop.is_ready)
      .member("is_done", stop.is_done);
  text.member("next_step",
              stop.next_step ? std::optional(std::string(to_text(*stop.next_step))) : std::nullopt);
  text.close('}');
}

void write(JsonText& text, const domain::DayWindow& window) {
  text.open('{').member("window", window.window);
  if (window.hours) {
    text.member("starts", window.hours->starts).member("ends", window.hours->ends);
  }
  write(text, "pickups", window.pickups);
  write(text, "returns", window.returns);
  text.open("stops", '[');
  for (const domain::Stop& stop : window.stops) write(text, stop);
  text.close(']').close('}');
}

void write(JsonText& text, const domain::DayTotals& totals) {
  text.open("totals", '{').member("stops", totals.stops).member("done", totals.done);
  text.open("items", '[');
  for (const auto& [item, count] : totals.items) {
    text.open('{')
        .member("item_type", item.first)
        .member("item_label", item.second)
        .member("count", count)
        .close('}');
  }
  text.close(']').close('}');
}

void write(JsonText& text, const domain::Residence& residence) {
  text.open('{')
      .member("id", residence.id)
      .member("name", residence.name)
      .member("suburb", residence.suburb)
      .member("closes_on", if_any(residence.closes_on))
      .member("reopens_on", if_any(residence.reopens_on));
  for (const domain::ResidenceText& each : domain::residence_texts) {
    text.member(each.name, residence.*each.value);
  }
  text.close('}');
}

}  // namespace

Query get_day(const Request& request, const Services& services) {
  const domain::Instant now = services.now();
  const std::string today = domain::to_day(now);
  return [&request, now, today, date = parse_date(request, "date", today)](domain::Reader& reader) {
    const domain::StaffDay day = domain::staff_day(reader, date, now, max_stops);
    JsonText text;
    text.open('{').member("date", day.date).member("today", today);
    if (!day.closed.empty()) text.member("closed", day.closed);
    text.open("windows", '[');
    for (const domain::DayWindow& window : day.windows) write(text, window);
    text.close(']').open("residences", '[');
    for (const domain::Residence& residence : day.residences) write(text, residence);
    text.close(']');
    write(text, day.totals);
    text.member("is_complete", day.is_complete);
    write(text, day.overdue, "overdue");
    text.member("overdue_count", day.overdue_count);
    return json_response(200, std::move(text), request);
  };
}

}  // namespace hss::api
