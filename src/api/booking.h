#pragma once

#include "api/route.h"

namespace hss::api {

Change create_booking(const Request& request, const Services& services);
Look list_bookings(const Request& request, const Services& services);
Look get_booking(const Request& request, const Services& services);
Look get_booking_history(const Request& request, const Services& services);
Change change_status(const Request& request, const Services& services);
Change approve_booking(const Request& request, const Services& services);
Change pay_booking(const Request& request, const Services& services);

}  // namespace hss::api
