#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/json.h"
#include "api/http/json_text.h"
#include "domain/bookings/booking.h"
#include "domain/bookings/booking_form.h"
#include "domain/store.h"

namespace hss::api {

domain::BookingForm booking_form_of(const ClientJson& object);
domain::BookingChangeForm booking_change_form_of(const ClientJson& object);
domain::QuoteForm quote_form_of(const ClientJson& object);

/// Null where the text is empty.
std::optional<std::string> if_any(const std::string& text);

/// The booking's members.
void write(JsonText& text, const domain::Booking& booking);
void write(JsonText& text, const std::vector<domain::Item>& items);
/// Writes the actor of each step if `with_actors`, which is for staff; others read only the role.
void write(JsonText& text, const std::vector<domain::BookingStep>& history, bool with_actors);
/// `changes`: what else happened, with the members that changed.
void write(JsonText& text, const std::vector<domain::BookingEvent>& events, bool with_actors);
/// `monthly_subtotal`, `handling_fee` and `total`.
void write(JsonText& text, const domain::Quote& quote);
void write(JsonText& text, const std::vector<domain::Booking>& bookings, std::string_view name);
/// The slice under its name (`bookings`, `queue`), `count` and `next_cursor`.
void write(JsonText& text, const domain::Slice<domain::Booking>& slice, std::string_view name);

}  // namespace hss::api
