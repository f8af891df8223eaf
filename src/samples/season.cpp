#include "samples/season.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/bookings/booking_service.h"
#include "domain/calendar/calendar_service.h"
#include "samples/season_plan.h"

namespace hss::samples {
namespace {

using namespace std::chrono_literals;
using domain::Status;

constexpr std::array<std::string_view, 3> reasons{
    "The address lies outside our pickup area", "No room left in the hall for this month",
    "Fridges must be empty and defrosted before pickup; please book again"};
constexpr std::array<std::string_view, 4> methods{"card", "eft", "card",
                                                  "saved card ending in 4471"};

/// Who acts in a step.
struct Cast {
  domain::Caller customer, staff;
};

Cast cast_of(const domain::BookingDraft& draft, const std::string& request_id) {
  return {.customer = {{.account = draft.email, .role = domain::Role::customer}, request_id},
          .staff = {{.account = "staff@hss-ops.co.za", .role = domain::Role::staff}, request_id}};
}

/// Brings a booking that was made before into the state.
void reach(domain::Tx& tx, const domain::BookingService& bookings, const std::string& id,
           Status status, const Cast& cast, Dice& dice) {
  switch (status) {
    case Status::paid:
      bookings.pay(tx, id, std::string(dice.of(methods)), cast.customer);
      break;
    case Status::declined:
      bookings.change_status(tx, id, {.to = status, .reason = std::string(dice.of(reasons))},
                             cast.staff);
      break;
    case Status::cancelled:
      bookings.change_status(tx, id, {.to = status}, cast.customer);
      break;
    default:
      bookings.change_status(tx, id, {.to = status}, cast.staff);
  }
}

}  // namespace

void fill_season(domain::Store& store, domain::Instant now) {
  Dice dice;
  const Plan plan = plan_season(now, dice);
  domain::Instant clock = plan.steps.front().at - 24h;
  const domain::BookingService bookings(
      [&clock] { return clock; }, [&dice](std::span<std::uint8_t> bytes) { dice.fill(bytes); });
  const domain::Caller owner{{.account = "admin@hss-admin.co.za", .role = domain::Role::admin},
                             "season-0"};
  store.transact([&](domain::Tx& tx) { save_calendar(tx, plan.calendar, owner, clock); });
  std::vector<std::string> ids(plan.drafts.size());
  int request = 0;
  for (const Step& step : plan.steps) {
    clock = step.at;
    std::string& id = ids[step.booking];
    const domain::BookingDraft& draft = plan.drafts[step.booking];
    const Cast cast = cast_of(draft, "season-" + std::to_string(++request));
    id = store.transact([&](domain::Tx& tx) -> std::string {
      const auto* status = std::get_if<Status>(&step.what);
      if (status && *status == Status::submitted) {
        return bookings.create(tx, draft, cast.customer).id;
      }
      if (status) reach(tx, bookings, id, *status, cast, dice);
      if (const auto* change = std::get_if<domain::BookingChange>(&step.what)) {
        bookings.change(tx, id, *change, cast.customer);
      }
      if (const auto* trip = std::get_if<domain::FailedTripRequest>(&step.what)) {
        bookings.note_failed_trip(tx, id, *trip, cast.staff);
      }
      return id;
    });
  }
}

}  // namespace hss::samples
