#include "storage/audit_hash.h"
#include "storage/damage.h"
#include "storage/json_text.h"
#include "storage/sql/bookings.h"
#include "storage/sql/search.h"
#include "storage/sql/search_index.h"
#include "storage/sql/totals.h"

namespace hss::storage {
namespace {

bool has_only_what_the_reference_has(const domain::Booking& booking) {
  return booking.contact == domain::Contact{} && booking.residence_id.empty() &&
         booking.terms_version == 0 && !booking.early_start &&
         booking.pickup_method == domain::PickupMethod::collect;
}

}  // namespace

bool SqlBookingWriter::insert(const domain::Booking& booking,
                              const std::vector<domain::Item>& items) {
  // Hardly any id is taken: a batch that meets one runs again and looks first.
  if (cache_.looks_for_taken_ids) {
    Query taken(connection_, "SELECT 1 FROM bookings WHERE id = ?", booking.id);
    if (taken.step()) return false;
  }
  const std::int64_t seq = last_seq() + 1;
  const auto insert = [&](const char* sql, const auto&... more) {
    enqueue_row(connection_, sql, seq, booking.id, booking.customer_name, booking.email,
                booking.pickup_date, booking.pickup_window, booking.address, booking.item_count,
                booking.price.duration_months, booking.price.monthly_subtotal.cents,
                booking.price.handling_fee.cents, booking.price.total.cents,
                domain::to_text(booking.status), booking.created_at, booking.updated_at,
                booking.owner, to_json(items), more...);
  };
#define INSERT_BOOKING                                                                        \
  "INSERT INTO bookings (seq, id, customer_name, email, pickup_date, pickup_window, address," \
  " item_count, duration_months, monthly_subtotal, handling_fee, total, status, created_at,"  \
  " updated_at, owner, items"
  // Clients of the reference know none of the rest, and what is not written costs nothing.
  if (has_only_what_the_reference_has(booking)) {
    insert(INSERT_BOOKING ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  } else {
    insert(INSERT_BOOKING
           ", phone, whatsapp, access_notes, residence_id, room, terms_version, early_start,"
           " pickup_method) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
           " ?, ?, ?, ?)",
           booking.contact.phone, booking.contact.whatsapp, booking.contact.access_notes,
           booking.residence_id, booking.room, booking.terms_version, int{booking.early_start},
           domain::to_text(booking.pickup_method));
  }
#undef INSERT_BOOKING
  cache_.last_booking = {booking.id, seq};
  return true;
}

std::int64_t SqlBookingWriter::last_seq() {
  if (!cache_.last_booking) {
    Query last(connection_, "SELECT coalesce(max(seq), 0) FROM bookings");
    last.step();
    cache_.last_booking = {"", last.integer(0)};
  }
  return cache_.last_booking->seq;
}

void SqlBookingWriter::update_status(const domain::Booking& booking) {
  if (!connection_.has_triggers()) count_step(connection_, booking.id, booking.status);
  enqueue(connection_,
          "UPDATE bookings SET status = ?, updated_at = ?, collected_on = ?, due_on = ?,"
          " needs_new_date = ?, version = version + 1 WHERE id = ?",
          domain::to_text(booking.status), booking.updated_at, booking.collected_on,
          booking.is_with_us() ? booking.due_on() : "", int{booking.needs_new_date}, booking.id);
}

void SqlBookingWriter::insert_payment(std::string_view booking_id, const domain::Payment& payment) {
  enqueue(connection_,
          "INSERT INTO payments (booking_seq, reference, method, amount, created_at)"
          " SELECT seq, ?, ?, ?, ? FROM bookings WHERE id = ?",
          payment.reference, payment.method, payment.amount.cents, payment.created_at, booking_id);
  if (connection_.has_triggers()) return;
  const std::string_view paid = domain::to_text(domain::Status::paid);
  count_step(connection_, booking_id, domain::Status::paid);
  enqueue(connection_,
          "UPDATE bookings SET status = ?, updated_at = ?, version = version + 1 WHERE id = ?",
          paid, payment.created_at, booking_id);
  count_payment(connection_, payment);
}

std::int64_t SqlBookingWriter::seq_of(std::string_view booking_id) {
  Query row(connection_, "SELECT seq FROM bookings WHERE id = ?", booking_id);
  if (!row.step()) throw_damage("a booking that is gone");
  return row.integer(0);
}

std::string SqlBookingWriter::change(const domain::Booking& before, const domain::Booking& after,
                                     const std::optional<domain::ItemsChange>& items,
                                     std::string_view salt, std::string_view personal) {
  const std::int64_t seq = seq_of(before.id);
  enqueue(connection_,
          "INSERT INTO booking_changes (booking_seq, version, salt, personal) VALUES (?, ?, ?, ?)",
          seq, before.version + 1, salt, personal);
  count_change(connection_, seq, before, after);
  if (items) count_items_change(connection_, seq, *items);
  const domain::Handback none{};
  const domain::Handback& handback = after.handback ? *after.handback : none;
  const std::string_view method =
      after.handback ? domain::to_text(handback.method) : std::string_view();
  enqueue(connection_,
          "UPDATE bookings SET version = version + 1, pickup_date = ?, pickup_window = ?,"
          " address = ?, residence_id = ?, room = ?, phone = ?, whatsapp = ?, access_notes = ?,"
          " duration_months = ?, monthly_subtotal = ?, total = ?, item_count = ?, last_item_id = ?,"
          " items = coalesce(?, items), return_date = ?, return_window = ?, return_address = ?,"
          " return_residence_id = ?, return_room = ?, return_method = ?, needs_new_date = ?,"
          " updated_at = ? WHERE seq = ?",
          after.pickup_date, after.pickup_window, after.address, after.residence_id, after.room,
          after.contact.phone, after.contact.whatsapp, after.contact.access_notes,
          after.price.duration_months, after.price.monthly_subtotal.cents, after.price.total.cents,
          after.item_count, after.last_item_id,
          items ? std::optional(to_json(items->after)) : std::nullopt, handback.date,
          handback.window, handback.address, handback.residence_id, handback.room, method,
          int{after.needs_new_date}, after.updated_at, seq);
  const std::string old_words = booking_words(before), new_words = booking_words(after);
  if (old_words != new_words) {
    connection_.search_index().replace(connection_, {seq, old_words}, {seq, new_words});
  }
  return hash_of_personal(salt, personal);
}

void SqlBookingWriter::count_version(std::string_view booking_id) {
  enqueue(connection_, "UPDATE bookings SET version = version + 1 WHERE id = ?", booking_id);
}

void SqlBookingWriter::insert_failed_trip(const domain::Booking& booking,
                                          const domain::FailedTrip& trip) {
  enqueue(connection_,
          "INSERT INTO failed_trips (booking_seq, client_id, kind, date, stop_window, reason,"
          " failed_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
          seq_of(booking.id), trip.client_id, domain::to_text(trip.kind), trip.date, trip.window,
          trip.reason, trip.failed_at);
  update_trips(booking);
}

void SqlBookingWriter::update_failed_trip(const domain::Booking& booking,
                                          const domain::FailedTrip& trip) {
  enqueue(connection_,
          "UPDATE failed_trips SET undone_at = ? WHERE booking_seq = ? AND client_id = ?",
          trip.undone_at, seq_of(booking.id), trip.client_id);
  update_trips(booking);
}

void SqlBookingWriter::update_trips(const domain::Booking& booking) {
  enqueue(connection_,
          "UPDATE bookings SET failed_trips = ?, needs_new_date = ?, updated_at = ?,"
          " version = version + 1 WHERE id = ?",
          booking.failed_trips, int{booking.needs_new_date}, booking.updated_at, booking.id);
}

}  // namespace hss::storage
