#pragma once

#include <nlohmann/json_fwd.hpp>

#include "api/http/json.h"
#include "domain/calendar/calendar_form.h"
#include "domain/calendar/slots.h"

namespace hss::api {

domain::CalendarForm calendar_form_of(const ClientJson& object);

/// The calendar as a client gets it and puts it, with its version and the public holidays of this
/// year and the next.
Json to_json(const domain::Calendar& calendar, domain::Instant now);

Json to_json(const domain::SlotDay& day);

}  // namespace hss::api
