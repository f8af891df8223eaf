#include "domain/bookings/booking_service.h"

#include <utility>

#include "domain/bookings/stop_address.h"
#include "domain/business/business.h"
#include "domain/error.h"
#include "domain/new_id.h"
#include "domain/uploads/claims.h"

namespace hss::domain {
namespace {

void require_stated_price(const BookingDraft& draft, const Quote& quote) {
  if (differs(draft.stated_monthly_subtotal, quote.monthly_subtotal) ||
      differs(draft.stated_handling_fee, quote.handling_fee) ||
      differs(draft.stated_total, quote.total)) {
    throw price_changed(quote);
  }
}

StopAddress draft_address(Tx& tx, const BookingDraft& draft) {
  StopAddressChange wanted{.room = draft.room};
  if (!draft.residence_id.empty()) wanted.residence_id = draft.residence_id;
  return changed_address(tx.residences(), {draft.address, "", ""}, wanted, "");
}

void require_brought_to_staff(PickupMethod method, const Principal& principal) {
  if (method != PickupMethod::brought || principal.is_staff()) return;
  throw Error(ErrorCode::forbidden, "Only staff may book what was brought to the store",
              {"required_roles=['admin', 'staff']"});
}

void require_current_terms(Tx& tx, int accepted) {
  if (accepted == 0) return;
  const Terms terms = tx.business().get().terms;
  const int current = terms.text.empty() ? 0 : terms.version;
  if (accepted == current) return;
  throw Error(ErrorCode::terms_changed,
              "Our terms are not those that were accepted; please read them as they are now",
              {"terms_version=" + std::to_string(current)});
}

Booking new_booking(const BookingDraft& draft, const Quote& quote, const Principal& principal,
                    StopAddress at, const std::string& now) {
  return {.id = {},
          .customer_name = draft.customer_name,
          .email = draft.email,
          .pickup_date = draft.pickup_date,
          .pickup_window = draft.pickup_window,
          .address = std::move(at.address),
          .item_count = static_cast<int>(draft.items.size()),
          .price = quote,
          .status = Status::submitted,
          .created_at = now,
          .updated_at = now,
          .payment_reference = std::nullopt,
          .owner = principal.sees_own_only() ? std::optional(principal.account_id) : std::nullopt,
          .contact = draft.contact,
          .last_item_id = static_cast<int>(draft.items.size()),
          .residence_id = std::move(at.residence_id),
          .room = std::move(at.room),
          .terms_version = draft.terms_version,
          .early_start = draft.early_start,
          .pickup_method = draft.pickup_method};
}

/// What clients of the reference do not know is said only where it is so.
Payload payload_of_new(const Booking& booking, bool override) {
  Payload payload{{"email", booking.email},
                  {"item_count", booking.item_count},
                  {"status", std::string(to_text(booking.status))}};
  if (override) payload.emplace_back("override", true);
  if (booking.terms_version > 0) payload.emplace_back("terms_version", booking.terms_version);
  if (booking.early_start) payload.emplace_back("early_start", true);
  if (booking.pickup_method != PickupMethod::collect) {
    payload.emplace_back("pickup_method", std::string(to_text(booking.pickup_method)));
  }
  return payload;
}

/// The day on which the booking reached its state. If it was corrected back to that state, the day
/// of the first time counts: a correction makes no slip younger.
std::string day_of_last_step(Tx& tx, const Booking& booking) {
  std::string at = booking.created_at;
  for (const BookingStep& step : tx.bookings().find_steps(booking.id)) {
    if (step.status == booking.status && !step.is_correction) at = step.at;
  }
  return to_day(from_rfc3339(at));
}

/// What a step says of the stop: done, or not done after all.
void note_stop(Booking& booking, Status from, Instant now) {
  if (booking.status == Status::collected && from == Status::paid) {
    booking.collected_on = to_day(now);
    booking.needs_new_date = false;
  } else if (booking.status == Status::paid && from == Status::collected) {
    booking.collected_on.clear();
  } else if (booking.status == Status::returned) {
    booking.needs_new_date = false;
  }
}

}  // namespace

void require_override_of_staff(bool override, const Principal& principal) {
  if (!override || principal.is_staff()) return;
  throw Error(ErrorCode::forbidden, "Only staff may book whatever the calendar says",
              {"required_roles=['admin', 'staff']"});
}

BookingService::BookingService(Clock now, RandomBytes random, UnknownWindow unknown_window)
    : now_(std::move(now)), random_(std::move(random)), unknown_window_(unknown_window) {}

Booking BookingService::create(Tx& tx, const BookingDraft& draft, const Caller& caller) const {
  const Catalog catalog = tx.catalog().get();
  const std::vector<Item> items = with_todays_prices(catalog, draft.items);
  const Quote quote = domain::quote(items, catalog.handling_fee, draft.duration_months);
  require_stated_price(draft, quote);
  require_override_of_staff(draft.override, caller.principal);
  require_brought_to_staff(draft.pickup_method, caller.principal);
  require_current_terms(tx, draft.terms_version);
  StopAddress at = draft_address(tx, draft);
  const Instant instant = now_();
  const std::string now = to_rfc3339(instant);
  // Whatever may be refused comes before the first change, which would have to be undone.
  Claims claims(tx, items, caller.principal, now);
  take_pickup_place(tx, draft, unknown_window_, instant);
  Booking booking = new_booking(draft, quote, caller.principal, std::move(at), now);
  // With 2^50 references a collision is very rare; several in a row mean that the source of
  // randomness is broken.
  insert_with_new_id(booking_prefix, random_, "booking reference", [&](std::string id) {
    booking.id = std::move(id);
    return tx.bookings().insert(booking, items);
  });
  claims.claim(tx, booking.id);
  record(tx, "booking_submitted", booking.id, payload_of_new(booking, draft.override), caller, now);
  return booking;
}

Booking BookingService::change_status(Tx& tx, std::string_view booking_id,
                                      const StatusRequest& request, const Caller& caller) const {
  Booking booking = tx.bookings().get(booking_id, caller.principal);
  if (caller.principal.sees_own_only() && request.to != Status::cancelled) {
    throw Error(ErrorCode::forbidden, "A customer may cancel a booking and take no other step",
                {"required_roles=['admin', 'staff']"});
  }
  if (booking.status == request.to) return booking;
  require_standing(booking.status, request.from, request.to);
  const Instant instant = now_();
  const bool corrects = is_correction(booking.status, request.to);
  if (corrects) {
    require_correction(booking.status, request.to, request.reason, day_of_last_step(tx, booking),
                       to_day(instant));
  } else {
    require_step(booking.status, request.to);
  }
  const Status from = booking.status;
  booking.status = request.to;
  booking.updated_at = to_rfc3339(instant);
  note_stop(booking, from, instant);
  tx.bookings().update_status(booking);
  ++booking.version;
  if (request.to == Status::declined || request.to == Status::cancelled) {
    give_back_places(tx, booking);
  }
  Payload payload{{"from", std::string(to_text(from))},
                  {"to", std::string(to_text(request.to))},
                  {"actor_role", std::string(to_text(caller.principal.role))}};
  if (!request.reason.empty()) payload.emplace_back("reason", request.reason);
  if (corrects) payload.emplace_back("correction", true);
  record(tx, "status_updated", booking.id, std::move(payload), caller, booking.updated_at);
  return booking;
}

Payment BookingService::pay(Tx& tx, std::string_view booking_id, const std::string& method,
                            const Caller& caller) const {
  const Booking booking = tx.bookings().get(booking_id, caller.principal);
  if (booking.status != Status::approved) {
    throw Error(ErrorCode::conflict, "Booking " + booking.id + " is " +
                                         std::string(to_text(booking.status)) +
                                         "; a booking can be paid only while it is approved");
  }
  Payment payment{.reference = new_reference(payment_prefix, random_),
                  .method = method,
                  .amount = booking.price.total,
                  .created_at = to_rfc3339(now_())};
  tx.bookings().insert_payment(booking.id, payment);
  record(tx, "payment_captured", booking.id,
         {{"method", payment.method},
          {"payment_reference", payment.reference},
          {"status", std::string(to_text(Status::paid))}},
         caller, payment.created_at);
  return payment;
}

void BookingService::notify(Tx& tx, const Notification& notification, const Caller& caller) const {
  if (notification.booking_id) tx.bookings().get(*notification.booking_id, caller.principal);
  const std::string now = to_rfc3339(now_());
  tx.notifications().insert({.message = notification.message,
                             .booking_id = notification.booking_id,
                             .actor = caller.actor(),
                             .actor_role = std::string(to_text(caller.principal.role))},
                            now);
  record(tx, "notification", notification.booking_id, {{"message", notification.message}}, caller,
         now);
}

void BookingService::record(Tx& tx, std::string_view type, std::optional<std::string> booking_id,
                            Payload payload, const Caller& caller, std::string_view at) const {
  tx.audit().append({.type = std::string(type),
                     .booking_id = std::move(booking_id),
                     .payload = std::move(payload),
                     .actor = caller.actor(),
                     .actor_role = std::string(to_text(caller.principal.role)),
                     .request_id = caller.request_id,
                     .created_at = std::string(at)});
}

}  // namespace hss::domain
