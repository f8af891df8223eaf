#pragma once

#include "api/route.h"

namespace hss::api {

Command create_booking(const Request& request, const Services& services);
Query list_bookings(const Request& request, const Services& services);
Query get_booking(const Request& request, const Services& services);
Query get_booking_history(const Request& request, const Services& services);
Command change_booking(const Request& request, const Services& services);
Command make_claim_code(const Request& request, const Services& services);
Command claim_booking(const Request& request, const Services& services);
Command note_failed_trip(const Request& request, const Services& services);
Command change_status(const Request& request, const Services& services);
Command approve_booking(const Request& request, const Services& services);
Command pay_booking(const Request& request, const Services& services);

}  // namespace hss::api
