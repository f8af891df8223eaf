#include "domain/calendar/calendar_service.h"

#include <string>
#include <utility>

namespace hss::domain {
namespace {

std::string limit_of(const char* what, const std::optional<int>& capacity) {
  return capacity ? std::string(", ") + what + std::to_string(*capacity) : std::string();
}

std::string describe(const Window& window) {
  return to_text(window.hours) + limit_of("", window.capacity) +
         limit_of("pickups ", window.pickup_capacity) +
         limit_of("returns ", window.return_capacity);
}

std::string describe(const std::vector<WeeklyWindow>& windows) {
  std::string text;
  for (const WeeklyWindow& weekly : windows) {
    if (!text.empty()) text += "; ";
    text += std::string(to_text(weekly.weekday)) + " " + describe(weekly.window);
  }
  return text;
}

std::string describe(const std::vector<CalendarException>& exceptions) {
  std::string text;
  for (const CalendarException& exception : exceptions) {
    if (!text.empty()) text += "; ";
    text += exception.date + " ";
    if (!exception.closed.empty()) text += "closed, " + exception.closed;
    for (const Window& window : exception.windows) {
      text += (&window == &exception.windows.front() ? "" : " and ") + describe(window);
    }
  }
  return text;
}

/// Adds what a part was and is, where it changed.
void add_change(Payload& payload, const std::string& part, std::string from, std::string to) {
  if (from == to) return;
  payload.emplace_back(part + "_from", std::move(from));
  payload.emplace_back(part + "_to", std::move(to));
}

Payload changes_between(const Calendar& before, const Calendar& after) {
  const auto days = [](const Calendar& calendar) {
    return calendar.horizon_days ? std::to_string(*calendar.horizon_days) : std::string();
  };
  const auto yes_or_no = [](bool value) { return std::string(value ? "yes" : "no"); };
  Payload payload;
  add_change(payload, "windows", describe(before.windows), describe(after.windows));
  add_change(payload, "exceptions", describe(before.exceptions), describe(after.exceptions));
  add_change(payload, "first_day", before.first_day, after.first_day);
  add_change(payload, "last_day", before.last_day, after.last_day);
  add_change(payload, "lead_hours", std::to_string(before.lead_hours),
             std::to_string(after.lead_hours));
  add_change(payload, "horizon_days", days(before), days(after));
  add_change(payload, "closed_on_holidays", yes_or_no(before.closed_on_holidays),
             yes_or_no(after.closed_on_holidays));
  add_change(payload, "changes_need_approval", yes_or_no(before.changes_need_approval),
             yes_or_no(after.changes_need_approval));
  return payload;
}

}  // namespace

bool is_saved(const Calendar& calendar, const Calendar& last) {
  Calendar same = calendar;
  same.version = last.version;
  return last.version > 0 && same == last;
}

Calendar save_calendar(Tx& tx, Calendar calendar, const Caller& caller, Instant now) {
  const Calendar before = tx.calendar().find().value_or(default_calendar());
  // The first one has its places enforced, also where its windows are those of before.
  if (is_saved(calendar, before)) return before;
  Payload payload = changes_between(before, calendar);
  calendar.version = before.version + 1;
  payload.emplace_back("version", calendar.version);
  const std::string at = to_rfc3339(now);
  tx.calendar().save(calendar, at);
  tx.audit().append({.type = "calendar_changed",
                     .booking_id = std::nullopt,
                     .payload = std::move(payload),
                     .actor = caller.actor(),
                     .actor_role = std::string(to_text(caller.principal.role)),
                     .request_id = caller.request_id,
                     .created_at = at});
  return calendar;
}

}  // namespace hss::domain
