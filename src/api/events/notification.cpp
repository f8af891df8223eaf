#include "api/events/notification.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "api/http/json.h"
#include "api/http/page.h"
#include "crypto/digest.h"
#include "domain/error.h"
#include "domain/events/notification.h"
#include "domain/reference.h"
#include "domain/validation/validation_errors.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;

std::string as_issued(const std::string& reference) {
  return domain::read_reference(reference).value_or(reference);
}

domain::Notification parse_notification(const Request& request) {
  const ClientJson object = parse_object(request);
  const auto message = text_field(object, "message");
  const auto booking_id = text_field(object, "booking_id");
  domain::ValidationErrors errors;
  if (message.is_wrong_type()) errors.add("message must be a string");
  if (booking_id.is_wrong_type()) errors.add("booking_id must be a string");
  errors.throw_if_any("The notification has faults");
  return domain::validate({.message = message.value() ? *message.value() : "",
                           .booking_id = booking_id.value()
                                             ? std::optional(as_issued(*booking_id.value()))
                                             : std::nullopt});
}

Response accepted(const domain::Notification& notification, const Request& request) {
  return json_response(202, {{"accepted", true}, {"message", notification.message}}, request);
}

/// Also accepts references that the backend before this one issued.
bool looks_like_booking(std::string_view id) {
  constexpr std::size_t max_length = 40;
  if (!id.starts_with(domain::booking_prefix) || id.size() > max_length) return false;
  id.remove_prefix(domain::booking_prefix.size());
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
  });
}

}  // namespace

Query get_messages(const Request& request, const Services&) {
  return [&request, page = parse_page(request)](domain::Reader& reader) {
    const auto booking = reader.bookings().get(request.parameter("id"), request.principal);
    Json rows = Json::array();
    const auto slice = reader.notifications().list(booking.id, page);
    for (const auto& sent : slice.rows) {
      Json row{{"message", sent.message}, {"created_at", sent.created_at}};
      if (request.principal.is_staff() && !sent.actor.empty()) row["actor"] = sent.actor;
      rows.push_back(std::move(row));
    }
    return json_response(
        200, {{"notifications", std::move(rows)}, {"next_cursor", text_or_null(slice.next_cursor)}},
        request);
  };
}

Command send_notification(const Request& request, const Services& services) {
  return [&request, &services, notification = parse_notification(request)](domain::Tx& tx) {
    services.bookings.notify(tx, notification, request.caller());
    return accepted(notification, request);
  };
}

Response relay_notification(const Request& request, const Services& services) {
  const domain::Notification notification = parse_notification(request);
  if (notification.booking_id && !looks_like_booking(*notification.booking_id)) {
    throw Error(ErrorCode::validation_error, "The notification has faults",
                {"booking_id must be a booking's reference"});
  }
  domain::OutboxEvent event{.type = "notification",
                            .booking_id = notification.booking_id,
                            .payload = Json{{"message", notification.message}}.dump(),
                            .occurred_at = domain::to_rfc3339(services.now())};
  // The event is in no audit trail, so a topic that drops duplicates needs this to distinguish
  // events.
  event.fingerprint =
      crypto::to_hex(crypto::sha256(request.request_id + event.occurred_at + event.payload));
  const auto results = services.relay->publish({&event, 1}, request.deadline);
  using enum domain::DeliveryResult::Result;
  if (results.front().result == permanent_failure) {
    throw std::runtime_error("the notification will never be taken: " + results.front().error);
  }
  if (results.front().result == failed) {
    throw Error(ErrorCode::unavailable,
                "The notification could not be sent now, and was not kept; send it again");
  }
  return accepted(notification, request);
}

}  // namespace hss::api
