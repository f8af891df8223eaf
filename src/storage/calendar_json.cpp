#include "storage/calendar_json.h"

#include <nlohmann/json.hpp>

#include "storage/damage.h"

namespace hss::storage {
namespace {

using nlohmann::ordered_json;

void set_limit(ordered_json& json, const char* name, const std::optional<int>& capacity) {
  if (capacity) json[name] = *capacity;
}

std::optional<int> limit_of(const ordered_json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end()) return std::nullopt;
  return found->get<int>();
}

ordered_json json_of(const domain::Window& window) {
  ordered_json json{{"starts", window.hours.starts}, {"ends", window.hours.ends}};
  set_limit(json, "capacity", window.capacity);
  set_limit(json, "pickup_capacity", window.pickup_capacity);
  set_limit(json, "return_capacity", window.return_capacity);
  return json;
}

domain::Window window_of(const ordered_json& json) {
  return {.hours = {json.at("starts").get<std::string>(), json.at("ends").get<std::string>()},
          .capacity = limit_of(json, "capacity"),
          .pickup_capacity = limit_of(json, "pickup_capacity"),
          .return_capacity = limit_of(json, "return_capacity")};
}

domain::Calendar parse(std::string_view text) {
  const ordered_json json = ordered_json::parse(text);
  domain::Calendar calendar{.first_day = json.at("first_day").get<std::string>(),
                            .last_day = json.at("last_day").get<std::string>(),
                            .lead_hours = json.at("lead_hours").get<int>(),
                            .horizon_days = limit_of(json, "horizon_days"),
                            .closed_on_holidays = json.at("closed_on_holidays").get<bool>(),
                            // An earlier version wrote none.
                            .changes_need_approval = json.value("changes_need_approval", true)};
  for (const auto& window : json.at("windows")) {
    const auto weekday = domain::find_weekday(window.at("weekday").get<std::string>());
    calendar.windows.push_back({require_known(weekday, "a weekday"), window_of(window)});
  }
  for (const auto& one : json.at("exceptions")) {
    domain::CalendarException exception{.date = one.at("date").get<std::string>(),
                                        .closed = one.at("closed").get<std::string>()};
    for (const auto& window : one.at("windows")) exception.windows.push_back(window_of(window));
    calendar.exceptions.push_back(std::move(exception));
  }
  return calendar;
}

}  // namespace

std::string to_json(const domain::Calendar& calendar) {
  ordered_json windows = ordered_json::array(), exceptions = ordered_json::array();
  for (const auto& [weekday, window] : calendar.windows) {
    ordered_json json = json_of(window);
    json["weekday"] = domain::to_text(weekday);
    windows.push_back(std::move(json));
  }
  for (const auto& exception : calendar.exceptions) {
    ordered_json own = ordered_json::array();
    for (const auto& window : exception.windows) own.push_back(json_of(window));
    exceptions.push_back(
        {{"date", exception.date}, {"closed", exception.closed}, {"windows", std::move(own)}});
  }
  ordered_json json{{"windows", std::move(windows)},
                    {"exceptions", std::move(exceptions)},
                    {"first_day", calendar.first_day},
                    {"last_day", calendar.last_day},
                    {"lead_hours", calendar.lead_hours},
                    {"closed_on_holidays", calendar.closed_on_holidays},
                    {"changes_need_approval", calendar.changes_need_approval}};
  set_limit(json, "horizon_days", calendar.horizon_days);
  return json.dump();
}

domain::Calendar calendar_of(std::string_view text) {
  try {
    return parse(text);
  } catch (const nlohmann::json::exception&) {
    throw_damage("the calendar");
  }
}

}  // namespace hss::storage
