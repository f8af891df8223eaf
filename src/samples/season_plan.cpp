#include "samples/season_plan.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "domain/bookings/handback.h"

namespace hss::samples {
namespace {

using namespace std::chrono_literals;
using domain::Instant;
using domain::ReturnMethod;
using domain::Status;

/// The number of bookings that end in a state, and how many days ago they were made.
struct Group {
  Status end;
  int count;
  int oldest_days, newest_days;
};
constexpr std::array<Group, 8> groups{{{Status::returned, 10, 170, 120},
                                       {Status::in_storage, 15, 80, 16},
                                       {Status::declined, 3, 60, 8},
                                       {Status::cancelled, 4, 50, 6},
                                       {Status::collected, 5, 11, 7},
                                       {Status::paid, 8, 10, 4},
                                       {Status::approved, 6, 4, 2},
                                       {Status::submitted, 9, 2, 0}}};

constexpr std::array road{Status::submitted, Status::approved,   Status::paid,
                          Status::collected, Status::in_storage, Status::returned};

constexpr int stops_a_window = 40;

/// How many days ahead the day lies on which one van drives, and the one that is closed.
constexpr int day_of_one_van = 3;
constexpr int closed_day = 5;

/// The bookings that fill two windows of one van. `first`: the index among those with the same end.
struct Crowd {
  Status end;
  int first, count;
  std::string_view window;
};
constexpr int stops_of_one_van = 4;
constexpr std::array<Crowd, 4> crowds{{{Status::approved, 0, 3, "08:00 – 11:00"},
                                       {Status::paid, 4, 1, "08:00 – 11:00"},
                                       {Status::paid, 5, 2, "11:00 – 14:00"},
                                       {Status::submitted, 0, 2, "11:00 – 14:00"}}};

/// So many of the paid ones are collected today; the next was to be collected yesterday.
constexpr int pickups_of_today = 3;

/// One in storage that goes back today. `place`: the index among those with the same end.
struct ReturnOfToday {
  int place;
  ReturnMethod method;
  std::string_view window, address;
};
constexpr std::array<ReturnOfToday, 3> returns_of_today{
    {{1, ReturnMethod::deliver, "11:00 – 14:00", ""},
     {2, ReturnMethod::deliver, "14:00 – 17:00", "Urban Nest 22, 1247 Prospect Street, Hatfield"},
     {3, ReturnMethod::collect_at_store, "", ""}}};

/// The time at which a booking made at `made` for a pickup at `pickup` reaches `to`.
Instant time_of(Status to, Instant made, Instant pickup, Dice& dice) {
  const auto minutes = [&](int low, int high) {
    return std::chrono::minutes(dice.between(low, high));
  };
  switch (to) {
    case Status::submitted:
      return made;
    case Status::approved:
      return made + minutes(30, 20 * 60);
    case Status::paid:
      return made + 21h + minutes(5, 20 * 60);
    case Status::collected:
      return pickup + minutes(0, 150);
    case Status::in_storage:
      return pickup + 3h + minutes(0, 120);
    case Status::returned:
      return pickup + 24h * dice.between(60, 100) + minutes(0, 240);
    case Status::declined:
    case Status::cancelled:
      return made + minutes(20, 18 * 60);
  }
  return made;
}

domain::Calendar plan_calendar(const std::string& today) {
  domain::Calendar calendar = domain::default_calendar();
  domain::CalendarException one_van{
      .date = domain::add_days(today, day_of_one_van), .closed = "", .windows = {}};
  for (domain::WeeklyWindow& weekly : calendar.windows) {
    weekly.window.capacity = stops_a_window;
    if (weekly.weekday != domain::Weekday::monday) continue;
    one_van.windows.push_back({.hours = weekly.window.hours, .capacity = stops_of_one_van});
  }
  calendar.exceptions = {std::move(one_van),
                         {.date = domain::add_days(today, closed_day),
                          .closed = "The vans are at the garage",
                          .windows = {}}};
  // Short, so that tomorrow can be booked at any hour.
  calendar.lead_hours = 2;
  return calendar;
}

/// Gives every board, on any day, pickups for today, one late pickup and one overdue return, and
/// the calendar its full windows. `place` is the booking's index among those with the same end.
void show_at_best(Status end, int place, Instant today, Instant& pickup,
                  domain::BookingDraft& draft) {
  if (end == Status::paid && place <= pickups_of_today) {
    pickup = place < pickups_of_today ? today + 7h : today - 24h + 7h;
  }
  for (const Crowd& crowd : crowds) {
    if (end != crowd.end || place < crowd.first || place >= crowd.first + crowd.count) continue;
    pickup = today + 24h * day_of_one_van + 7h;
    draft.pickup_window = crowd.window;
  }
  if (end == Status::in_storage && place == 0) pickup = today - 24h * 36 + 7h;
  draft.pickup_date = domain::to_date(pickup);
  if (end != Status::in_storage) return;
  int& months = draft.duration_months;
  if (place == 0) months = 1;
  const std::string date = domain::to_date(today);
  while (place != 0 && domain::add_months(draft.pickup_date, months) <= date) ++months;
}

/// One that nobody has. The last of every seven gave none.
std::string phone_of(std::size_t booking) {
  constexpr std::size_t without = 7;
  if (booking % without == without - 1) return {};
  return "082 555 " + std::to_string(1000 + booking * 37);
}

/// The next day on which the calendar is as on others.
int usual_day(int days_ahead) {
  return days_ahead == day_of_one_van || days_ahead == closed_day ? days_ahead + 1 : days_ahead;
}

/// What happens to the booking besides its way through the states. `place` as in show_at_best().
std::optional<Step> event_of(Status end, int place, std::size_t booking, Instant today) {
  if (end == Status::paid && place == pickups_of_today) {
    return Step{
        .at = today - 24h + 8h,
        .booking = booking,
        .what = domain::FailedTripRequest{
            .client_id = "season", .reason = "The gate was locked, and nobody answered the phone"}};
  }
  for (const ReturnOfToday& planned : returns_of_today) {
    if (end != Status::in_storage || place != planned.place) continue;
    domain::BookingChange change;
    change.return_date = domain::to_date(today);
    change.return_window = planned.window;
    change.return_address = planned.address;
    change.return_method = planned.method;
    return Step{.at = today - 48h + 9h + 20min * place, .booking = booking, .what = change};
  }
  return std::nullopt;
}

}  // namespace

Plan plan_season(Instant now, Dice& dice) {
  // The hour in South Africa.
  const Instant today = std::chrono::floor<std::chrono::days>(now + 2h);
  Plan plan{.calendar = plan_calendar(domain::to_date(today)), .drafts = {}, .steps = {}};
  for (const Group& group : groups) {
    for (int i = 0; i < group.count; ++i) {
      const std::size_t booking = plan.drafts.size();
      const int days = dice.between(group.newest_days, group.oldest_days);
      // The time is between 7:00 and 19:00 in Pretoria; today's bookings are a few hours old at
      // most.
      const Instant made = days == 0
                               ? now - std::chrono::minutes(dice.between(20, 300))
                               : today - 24h * days + std::chrono::minutes(dice.between(300, 1020));
      const bool was_collected = group.end == Status::collected ||
                                 group.end == Status::in_storage || group.end == Status::returned;
      Instant pickup = was_collected ? std::chrono::floor<std::chrono::days>(made) + 24h * 4 + 7h
                                     : today + 24h * usual_day(dice.between(2, 18)) + 7h;
      plan.drafts.push_back(draft_booking(booking, pickup, dice));
      plan.drafts.back().contact.phone = phone_of(booking);
      show_at_best(group.end, i, today, pickup, plan.drafts.back());
      plan.steps.push_back({.at = made, .booking = booking, .what = Status::submitted});
      const auto add = [&](Status to) {
        plan.steps.push_back({.at = std::min(time_of(to, made, pickup, dice), now - 2min),
                              .booking = booking,
                              .what = to});
      };
      const auto last = std::find(road.begin(), road.end(), group.end);
      if (last == road.end()) add(group.end);
      for (auto to = road.begin() + 1; last != road.end() && to <= last; ++to) add(*to);
      if (auto event = event_of(group.end, i, booking, today)) {
        plan.steps.push_back(*std::move(event));
      }
    }
  }
  std::stable_sort(plan.steps.begin(), plan.steps.end(),
                   [](const Step& a, const Step& b) { return a.at < b.at; });
  return plan;
}

}  // namespace hss::samples
