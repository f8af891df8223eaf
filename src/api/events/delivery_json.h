#pragma once

#include <string_view>

#include "api/http/json.h"
#include "domain/events/outbox.h"

namespace hss::api {

/// The state of an event's delivery to a target.
Json to_json(const domain::Delivery& delivery);

/// Null for a value that means none: an empty text, or the status of no response.
Json text_unless_empty(std::string_view text);
Json status_unless_zero(int status_code);

}  // namespace hss::api
