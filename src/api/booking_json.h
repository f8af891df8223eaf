#pragma once

#include <string>

#include "api/json.h"
#include "domain/booking.h"
#include "domain/booking_form.h"
#include "domain/store.h"

namespace hss::api {

domain::BookingForm booking_form_of(const ClientJson& object);
domain::QuoteForm quote_form_of(const ClientJson& object);

Json to_json(const domain::Booking& booking);
/// `{bookings: […], count, next_cursor}`, or the queue's name in place of `bookings`.
Json to_json(const domain::Slice<domain::Booking>& slice, const char* name);
Json to_json(const std::vector<domain::Item>& items);
/// `monthly_subtotal`, `handling_fee` and `total` into the object.
void set_amounts(Json& object, const domain::Quote& quote);

}  // namespace hss::api
