#include "api/calendar/calendar_json.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "api/http/json_list.h"
#include "domain/calendar/holidays.h"

namespace hss::api {
namespace {

using domain::ExceptionForm;
using domain::Field;
using domain::WindowForm;

WindowForm window_form_of(const ClientJson& object) {
  return {.weekday = text_field(object, "weekday"),
          .starts = text_field(object, "starts"),
          .ends = text_field(object, "ends"),
          .capacity = number_field(object, "capacity"),
          .pickup_capacity = number_field(object, "pickup_capacity"),
          .return_capacity = number_field(object, "return_capacity")};
}

ExceptionForm exception_form_of(const ClientJson& object) {
  return {.date = text_field(object, "date"),
          .closed = text_field(object, "closed"),
          .windows = list_field<WindowForm>(object, "windows", window_form_of)};
}

Json number_or_null(const std::optional<int>& number) {
  return number ? Json(*number) : Json();
}

Json date_or_null(const std::string& date) {
  return date.empty() ? Json() : Json(date);
}

void set_window(Json& json, const domain::Window& window) {
  json["starts"] = window.hours.starts;
  json["ends"] = window.hours.ends;
  json["capacity"] = number_or_null(window.capacity);
  json["pickup_capacity"] = number_or_null(window.pickup_capacity);
  json["return_capacity"] = number_or_null(window.return_capacity);
}

Json json_of(const domain::CalendarException& exception) {
  Json json{{"date", exception.date}};
  if (!exception.closed.empty()) {
    json["closed"] = exception.closed;
    return json;
  }
  json["windows"] = Json::array();
  for (const domain::Window& window : exception.windows) {
    Json own = Json::object();
    set_window(own, window);
    json["windows"].push_back(std::move(own));
  }
  return json;
}

Json holidays_from(domain::Instant now) {
  const int year = std::stoi(domain::to_day(now).substr(0, 4));
  Json holidays = Json::array();
  for (const int each : {year, year + 1}) {
    for (const domain::Holiday& holiday : domain::public_holidays(each)) {
      holidays.push_back({{"date", holiday.date}, {"name", holiday.name}});
    }
  }
  return holidays;
}

}  // namespace

domain::CalendarForm calendar_form_of(const ClientJson& object) {
  domain::CalendarForm form{
      .windows = list_field<WindowForm>(object, "windows", window_form_of),
      .exceptions = list_field<ExceptionForm>(object, "exceptions", exception_form_of),
      .lead_hours = number_field(object, "lead_hours"),
      .horizon_days = number_field(object, "horizon_days"),
      .closed_on_holidays = bool_field(object, "closed_on_holidays"),
      .changes_need_approval = bool_field(object, "changes_need_approval")};
  const auto season = object.find("season");
  if (season == object.end() || season->is_null()) return form;
  if (season->is_object()) {
    form.first_day = text_field(*season, "first");
    form.last_day = text_field(*season, "last");
  } else {
    form.season_is_wrong_type = true;
  }
  return form;
}

Json to_json(const domain::Calendar& calendar, domain::Instant now) {
  Json windows = Json::array(), exceptions = Json::array();
  for (const auto& [weekday, window] : calendar.windows) {
    Json json{{"weekday", domain::to_text(weekday)}};
    set_window(json, window);
    windows.push_back(std::move(json));
  }
  for (const auto& exception : calendar.exceptions) exceptions.push_back(json_of(exception));
  return {
      {"version", calendar.version},
      {"windows", std::move(windows)},
      {"exceptions", std::move(exceptions)},
      {"season",
       {{"first", date_or_null(calendar.first_day)}, {"last", date_or_null(calendar.last_day)}}},
      {"lead_hours", calendar.lead_hours},
      {"horizon_days", number_or_null(calendar.horizon_days)},
      {"closed_on_holidays", calendar.closed_on_holidays},
      {"changes_need_approval", calendar.changes_need_approval},
      {"holidays", holidays_from(now)}};
}

Json to_json(const domain::SlotDay& day) {
  Json json{{"date", day.date}};
  if (!day.closed.empty()) json["closed"] = day.closed;
  json["windows"] = Json::array();
  for (const domain::Slot& slot : day.slots) {
    Json window{{"window", domain::to_text(slot.hours)},
                {"starts", slot.hours.starts},
                {"ends", slot.hours.ends},
                {"capacity", number_or_null(slot.capacity)},
                {"free", number_or_null(slot.free)}};
    if (slot.over > 0) window["over"] = slot.over;
    if (slot.closure) window["closed"] = slot.closure->words;
    json["windows"].push_back(std::move(window));
  }
  return json;
}

}  // namespace hss::api
