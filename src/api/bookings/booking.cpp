#include "api/bookings/booking.h"

#include <nlohmann/json.hpp>

#include "api/bookings/booking_json.h"
#include "api/http/errors.h"
#include "api/http/etag.h"
#include "api/http/page.h"
#include "api/http/query.h"
#include "domain/error.h"
#include "domain/validation/form_text.h"
#include "domain/validation/text.h"
#include "domain/validation/validation_errors.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;

domain::BookingFilter parse_filter(const Request& request) {
  constexpr std::size_t max_q_length = 200;
  domain::BookingFilter filter{.status = find_choice(request, "status", domain::all_statuses),
                               .sort = find_choice(request, "sort", domain::all_booking_sorts)
                                           .value_or(domain::BookingSort::newest)};
  if (const std::string* q = request.find_query("q")) {
    if (domain::character_count(*q) > max_q_length) {
      throw bad_query("q must be at most 200 characters");
    }
    filter.q = domain::trim(*q);
  }
  if (request.principal.sees_own_only()) filter.owner = request.principal.account_id;
  return filter;
}

domain::StatusRequest parse_status_request(const Request& request) {
  const ClientJson object = parse_object(request);
  const auto status = text_field(object, "status");
  const auto reason = text_field(object, "reason");
  const auto from = text_field(object, "from");
  domain::ValidationErrors errors;
  const auto to = status.value() ? domain::find_status(*status.value()) : std::nullopt;
  if (status.is_absent()) {
    errors.add("status is required");
  } else if (!to) {
    errors.add(one_of("status", domain::all_statuses));
  }
  if (reason.is_wrong_type()) errors.add("reason must be a string");
  const auto stands = from.value() ? domain::find_status(*from.value()) : std::nullopt;
  if (!from.is_absent() && !stands) errors.add(one_of("from", domain::all_statuses));
  errors.throw_if_any("The status change has faults");
  return domain::validate_status_request(
      {.to = *to, .reason = reason.value() ? *reason.value() : "", .from = stands});
}

Command step(const Request& request, const Services& services, domain::StatusRequest wanted) {
  return [&request, &services, wanted = std::move(wanted)](domain::Tx& tx) {
    const auto booking =
        services.bookings.change_status(tx, request.parameter("id"), wanted, request.caller());
    return json_response(
        200, {{"booking_id", booking.id}, {"status", domain::to_text(booking.status)}}, request);
  };
}

/// A booking of a backup that was put back may have counted the same versions to other ends.
std::string etag_of(const domain::Booking& booking, const Services& services) {
  return etag_of_content("booking " + booking.id + " " + std::to_string(booking.version) + " " +
                         booking.updated_at + " " + std::string(services.version));
}

Response booking_response(const domain::Booking& booking, const std::vector<domain::Item>& items,
                          const Request& request) {
  JsonText text;
  text.open('{');
  write(text, booking);
  write(text, items);
  return json_response(200, std::move(text), request);
}

Response changed_response(domain::Tx& tx, const domain::Booking& booking, const Request& request,
                          const Services& services) {
  Response response = booking_response(booking, tx.bookings().find_items(booking.id), request);
  response.set("ETag", etag_of(booking, services));
  return response;
}

/// In the same words whatever does not fit.
Error unknown_claim() {
  return {ErrorCode::not_found, "There is no booking with this reference and this code"};
}

}  // namespace

Command create_booking(const Request& request, const Services& services) {
  using domain::Booker;
  auto draft = domain::validate(
      booking_form_of(parse_object(request)),
      [&] {
        return services.store.read([](domain::Reader& reader) { return reader.catalog().get(); });
      },
      request.principal.is_staff() ? Booker::staff : Booker::customer);
  return [&request, &services, draft = std::move(draft)](domain::Tx& tx) {
    const auto booking = services.bookings.create(tx, draft, request.caller());
    JsonText text;
    text.open('{')
        .member("booking_id", booking.id)
        .member("status", domain::to_text(booking.status));
    write(text, booking.price);
    Response response = json_response(201, std::move(text), request);
    response.set("Location", "/api/v1/bookings/" + booking.id);
    return response;
  };
}

Query list_bookings(const Request& request, const Services&) {
  return [&request, filter = parse_filter(request),
          page = parse_page(request)](domain::Reader& reader) {
    JsonText text;
    text.open('{');
    write(text, reader.bookings().list(filter, page), "bookings");
    return json_response(200, std::move(text), request);
  };
}

Query get_booking(const Request& request, const Services& services) {
  return [&request, &services](domain::Reader& reader) {
    const auto booking = reader.bookings().get(request.parameter("id"), request.principal);
    const auto items = reader.bookings().find_items(booking.id);
    return tag(booking_response(booking, items, request), request, etag_of(booking, services));
  };
}

Command change_booking(const Request& request, const Services& services) {
  auto wanted = domain::validate(booking_change_form_of(parse_object(request)));
  return [&request, &services, wanted = std::move(wanted)](domain::Tx& tx) {
    const std::string& id = request.parameter("id");
    require_match(request, etag_of(tx.bookings().get(id, request.principal), services));
    const auto booking = services.bookings.change(tx, id, wanted, request.caller());
    return changed_response(tx, booking, request, services);
  };
}

Command note_failed_trip(const Request& request, const Services& services) {
  const ClientJson object = parse_object(request);
  auto wanted =
      domain::validate(domain::FailedTripForm{.client_id = text_field(object, "client_id"),
                                              .reason = text_field(object, "reason"),
                                              .undo = bool_field(object, "undo")});
  return [&request, &services, wanted = std::move(wanted)](domain::Tx& tx) {
    const auto booking =
        services.bookings.note_failed_trip(tx, request.parameter("id"), wanted, request.caller());
    return changed_response(tx, booking, request, services);
  };
}

Command make_claim_code(const Request& request, const Services& services) {
  parse_object(request, true);
  return [&request, &services](domain::Tx& tx) {
    const std::string& id = request.parameter("id");
    const auto made = services.bookings.make_claim_code(tx, id, request.caller());
    Response response = json_response(
        200, {{"booking_id", id}, {"code", made.code}, {"expires_at", made.expires_at}}, request);
    // Nothing on the way may keep it.
    response.set("Cache-Control", "no-store");
    return response;
  };
}

Command claim_booking(const Request& request, const Services& services) {
  domain::ValidationErrors errors;
  const std::string code =
      domain::required_secret("code", text_field(parse_object(request), "code"), errors);
  errors.throw_if_any("The claim has faults");
  return [&request, &services, code](domain::Tx& tx) {
    const std::string& id = request.parameter("id");
    const auto booking = services.bookings.claim(tx, id, code, request.caller());
    // No throw, which would undo that a wrong code was counted.
    if (!booking) return error_response(unknown_claim(), request);
    return changed_response(tx, *booking, request, services);
  };
}

Query get_booking_history(const Request& request, const Services&) {
  return [&request](domain::Reader& reader) {
    const auto booking = reader.bookings().get(request.parameter("id"), request.principal);
    JsonText text;
    text.open('{').member("booking_id", booking.id);
    write(text, reader.bookings().find_steps(booking.id), request.principal.is_staff());
    write(text, reader.bookings().find_events(booking.id), request.principal.is_staff());
    return json_response(200, std::move(text), request);
  };
}

Command change_status(const Request& request, const Services& services) {
  return step(request, services, parse_status_request(request));
}

Command approve_booking(const Request& request, const Services& services) {
  parse_object(request, true);
  return step(request, services, {.to = domain::Status::approved, .reason = ""});
}

Command pay_booking(const Request& request, const Services& services) {
  const auto given = text_field(parse_object(request, true), "method");
  if (given.is_wrong_type()) {
    throw Error(ErrorCode::validation_error, "The payment has faults", {"method must be a string"});
  }
  auto method = domain::parse_payment_method(given.value() ? *given.value() : "");
  return [&request, &services, method = std::move(method)](domain::Tx& tx) {
    const std::string& id = request.parameter("id");
    const auto payment = services.bookings.pay(tx, id, method, request.caller());
    return json_response(200,
                         {{"booking_id", id},
                          {"payment_reference", payment.reference},
                          {"status", domain::to_text(domain::Status::paid)}},
                         request);
  };
}

}  // namespace hss::api
