#include "storage/sql/booking_history.h"

#include <utility>

#include "storage/damage.h"
#include "storage/json_text.h"

namespace hss::storage {

std::vector<domain::BookingStep> read_steps(Connection& connection, std::string_view booking_id) {
  std::vector<domain::BookingStep> steps;
  // The plus keeps SQLite from the index by type: a booking has a handful of events, a type has
  // millions.
  for (Query rows(connection,
                  "SELECT event_type, created_at, actor, actor_role, payload"
                  " FROM audit_events WHERE booking_seq = (SELECT seq FROM bookings WHERE id = ?)"
                  " AND (+event_type = 'booking_submitted' OR +event_type = 'status_updated'"
                  " OR +event_type = 'payment_captured')"
                  " ORDER BY id",
                  booking_id);
       rows.step();) {
    StepPayload payload = step_payload_of(rows.text(4));
    const auto& status = rows.text(0) == "status_updated" ? payload.to : payload.status;
    steps.push_back({.status = require_known(domain::find_status(status.value_or("")), "a status"),
                     .at = rows.text(1),
                     .actor = rows.text(2),
                     .actor_role = rows.text(3),
                     .reason = std::move(payload.reason),
                     .payment_method = std::move(payload.method),
                     .is_correction = payload.correction});
  }
  return steps;
}

std::vector<domain::BookingEvent> read_events(Connection& connection, std::string_view booking_id) {
  std::vector<domain::BookingEvent> events;
  // As in read_steps().
  for (Query rows(connection,
                  "SELECT event_type, created_at, actor, actor_role, payload"
                  " FROM audit_events WHERE booking_seq = (SELECT seq FROM bookings WHERE id = ?)"
                  " AND (+event_type = 'booking_changed' OR +event_type = 'failed_trip'"
                  " OR +event_type = 'failed_trip_undone' OR +event_type = 'booking_claimed')"
                  " ORDER BY id",
                  booking_id);
       rows.step();) {
    events.push_back({.type = rows.text(0),
                      .at = rows.text(1),
                      .actor = rows.text(2),
                      .actor_role = rows.text(3),
                      .payload = rows.text(4)});
    require_json(events.back().payload);
  }
  return events;
}

std::optional<domain::FailedTrip> read_failed_trip(Connection& connection,
                                                   std::string_view booking_id,
                                                   std::string_view client_id) {
  Query row(connection,
            "SELECT client_id, kind, date, reason, failed_at, undone_at, stop_window"
            " FROM failed_trips"
            " WHERE booking_seq = (SELECT seq FROM bookings WHERE id = ?) AND client_id = ?",
            booking_id, client_id);
  if (!row.step()) return std::nullopt;
  return domain::FailedTrip{
      .client_id = row.text(0),
      .kind = require_known(domain::find_place_kind(row.text(1)), "a failed trip's kind"),
      .date = row.text(2),
      .window = row.text(6),
      .reason = row.text(3),
      .failed_at = row.time(4),
      .undone_at = row.text(5)};
}

int count_trips_to(Connection& connection, std::string_view booking_id,
                   const domain::FailedTrip& stop) {
  Query row(connection,
            "SELECT count(*) FROM failed_trips"
            " WHERE booking_seq = (SELECT seq FROM bookings WHERE id = ?)"
            " AND kind = ? AND date = ? AND stop_window = ? AND undone_at = ''",
            booking_id, domain::to_text(stop.kind), stop.date, stop.window);
  row.step();
  return static_cast<int>(row.integer(0));
}

}  // namespace hss::storage
