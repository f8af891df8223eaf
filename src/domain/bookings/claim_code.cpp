#include "domain/bookings/claim_code.h"

#include "domain/bookings/booking_service.h"
#include "domain/error.h"

namespace hss::domain {
namespace {

/// The code as it was made, from what somebody read from paper; empty if it can be none.
std::string code_of_typed(std::string_view typed) {
  const auto reference = parse_reference(typed);
  return reference ? reference->substr(booking_prefix.size()) : std::string();
}

void require_tries_left(Tx& tx, const std::string& account_id, Instant now) {
  const std::string since = to_rfc3339(now - claim_failure_lasts);
  const ClaimFailures failures = tx.claim_codes().failures(account_id, since);
  if (failures.count < max_claim_failures) return;
  const auto left = from_rfc3339(failures.first_at) + claim_failure_lasts - now;
  throw Error::rate_limited("Too many wrong codes; try again later, or ask us for help",
                            std::chrono::ceil<std::chrono::seconds>(left));
}

}  // namespace

ClaimCode BookingService::make_claim_code(Tx& tx, std::string_view booking_id,
                                          const Caller& caller) const {
  const Booking booking = tx.bookings().get(booking_id, caller.principal);
  if (booking.owner) {
    throw Error(ErrorCode::conflict,
                "Booking " + booking.id + " is in its customer's account; it needs no code");
  }
  const Instant now = now_();
  ClaimCode code{.code = new_reference("", random_),
                 .expires_at = to_rfc3339(now + claim_code_lasts)};
  tx.claim_codes().put(booking.id, code);
  record(tx, "claim_code_made", booking.id, {{"expires_at", code.expires_at}}, caller,
         to_rfc3339(now));
  return code;
}

std::optional<Booking> BookingService::claim(Tx& tx, std::string_view booking_id,
                                             std::string_view code, const Caller& caller) const {
  const std::string& account_id = caller.principal.account_id;
  auto booking = tx.bookings().find(booking_id);
  if (booking && booking->owner == account_id) return booking;
  const Instant instant = now_();
  const std::string now = to_rfc3339(instant);
  require_tries_left(tx, account_id, instant);
  const std::string made = code_of_typed(code);
  if (!booking || booking->owner || made.empty() ||
      !tx.claim_codes().holds(booking->id, made, now)) {
    tx.claim_codes().insert_failure(account_id, now, to_rfc3339(instant - claim_failure_lasts));
    return std::nullopt;
  }
  booking->owner = account_id;
  booking->updated_at = now;
  tx.claim_codes().give(*booking);
  ++booking->version;
  record(tx, "booking_claimed", booking->id, {{"account_id", account_id}}, caller, now);
  return booking;
}

}  // namespace hss::domain
