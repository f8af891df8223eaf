#include "samples/season.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "domain/bookings/booking_service.h"
#include "samples/booking.h"

namespace hss::samples {
namespace {

using namespace std::chrono_literals;
using domain::Instant;
using domain::Status;

constexpr std::array<std::string_view, 3> reasons{
    "The address lies outside our pickup area", "No room left in the hall for this month",
    "Fridges must be empty and defrosted before pickup; please book again"};
constexpr std::array<std::string_view, 4> methods{"card", "eft", "card",
                                                  "saved card ending in 4471"};

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

struct Step {
  Instant at;
  std::size_t booking;
  Status to;
};

struct Plan {
  std::vector<domain::BookingDraft> drafts;
  std::vector<Step> steps;  ///< in the order of time
};

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

/// The return date: so many months after the pickup, on the month's last day if it has no such day.
Instant return_due(Instant pickup, int months) {
  using namespace std::chrono;
  const year_month_day day{floor<days>(pickup)};
  const year_month month = year_month{day.year(), day.month()} + std::chrono::months(months);
  const year_month_day_last last = month / std::chrono::last;
  return sys_days{month / std::min(day.day(), last.day())};
}

/// Gives every board, on any day, pickups for today, one late pickup and one overdue return.
/// `place` is the booking's index among those with the same end.
void show_at_best(Status end, int place, Instant today, Instant& pickup,
                  domain::BookingDraft& draft) {
  constexpr int pickups_of_today = 3;
  if (end == Status::paid && place <= pickups_of_today) {
    pickup = place < pickups_of_today ? today + 7h : today - 24h + 7h;
  }
  if (end == Status::in_storage) {
    if (place == 0) pickup = today - 24h * 36 + 7h;
    int& months = draft.duration_months;
    if (place == 0) months = 1;
    while (place != 0 && return_due(pickup, months) <= today) ++months;
  }
  draft.pickup_date = domain::to_date(pickup);
}

/// One that nobody has. The last of every seven gave none.
std::string phone_of(std::size_t booking) {
  constexpr std::size_t without = 7;
  if (booking % without == without - 1) return {};
  return "082 555 " + std::to_string(1000 + booking * 37);
}

Plan plan_season(Instant now, Dice& dice) {
  Plan plan;
  // The hour in South Africa.
  const Instant today = std::chrono::floor<std::chrono::days>(now + 2h);
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
                                     : today + 24h * dice.between(2, 18) + 7h;
      plan.drafts.push_back(draft_booking(booking, pickup, dice));
      plan.drafts.back().contact.phone = phone_of(booking);
      show_at_best(group.end, i, today, pickup, plan.drafts.back());
      plan.steps.push_back({.at = made, .booking = booking, .to = Status::submitted});
      const auto add = [&](Status to) {
        plan.steps.push_back({.at = std::min(time_of(to, made, pickup, dice), now - 2min),
                              .booking = booking,
                              .to = to});
      };
      const auto last = std::find(road.begin(), road.end(), group.end);
      if (last == road.end()) add(group.end);
      for (auto to = road.begin() + 1; last != road.end() && to <= last; ++to) add(*to);
    }
  }
  std::stable_sort(plan.steps.begin(), plan.steps.end(),
                   [](const Step& a, const Step& b) { return a.at < b.at; });
  return plan;
}

}  // namespace

void fill_season(domain::Store& store, Instant now) {
  Dice dice;
  const Plan plan = plan_season(now, dice);
  Instant clock = now;
  const domain::BookingService bookings(
      [&clock] { return clock; }, [&dice](std::span<std::uint8_t> bytes) { dice.fill(bytes); });
  std::vector<std::string> ids(plan.drafts.size());
  int request = 0;
  for (const Step& step : plan.steps) {
    clock = step.at;
    const std::string& id = ids[step.booking];
    const domain::BookingDraft& draft = plan.drafts[step.booking];
    const std::string request_id = "season-" + std::to_string(++request);
    const domain::Caller customer{{.account = draft.email, .role = domain::Role::customer},
                                  request_id};
    const domain::Caller staff{{.account = "staff@hss-ops.co.za", .role = domain::Role::staff},
                               request_id};
    ids[step.booking] = store.transact([&](domain::Tx& tx) -> std::string {
      switch (step.to) {
        case Status::submitted:
          return bookings.create(tx, draft, customer).id;
        case Status::paid:
          bookings.pay(tx, id, std::string(dice.of(methods)), customer);
          return id;
        case Status::declined:
          return bookings
              .change_status(tx, id, {.to = step.to, .reason = std::string(dice.of(reasons))},
                             staff)
              .id;
        case Status::cancelled:
          return bookings.change_status(tx, id, {.to = step.to}, customer).id;
        default:
          return bookings.change_status(tx, id, {.to = step.to}, staff).id;
      }
    });
  }
}

}  // namespace hss::samples
