#include "api/notification.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "api/json.h"
#include "domain/faults.h"
#include "domain/notification.h"

namespace hss::api {

Look get_messages(const Request& request, const Services&) {
  return [&request](domain::Reader& reader) {
    const auto booking = reader.get_booking(request.parameter("id"), request.principal);
    Json rows = Json::array();
    for (const auto& sent : reader.list_notifications(booking.id)) {
      rows.push_back({{"message", sent.message}, {"created_at", sent.created_at}});
    }
    return answer(200, {{"notifications", std::move(rows)}}, request);
  };
}

Change send_notification(const Request& request, const Services& services) {
  const ClientJson object = parse_object(request);
  const auto message = given_text(object, "message");
  const auto booking_id = given_text(object, "booking_id");
  domain::Faults faults;
  if (message.is_wrong_type()) faults.add("message must be a string");
  if (booking_id.is_wrong_type()) faults.add("booking_id must be a string");
  faults.throw_if_any("The notification has faults");
  auto notification = domain::validate(
      {.message = message.value() ? *message.value() : "",
       .booking_id = booking_id.value() ? std::optional(*booking_id.value()) : std::nullopt});
  return [&request, &services, notification = std::move(notification)](domain::Tx& tx) {
    services.bookings.notify(tx, notification, request.caller());
    return answer(202, {{"accepted", true}, {"message", notification.message}}, request);
  };
}

}  // namespace hss::api
