#pragma once

#include <string_view>

#include "api/http/json.h"
#include "domain/events/outbox.h"

namespace hss::api {

/// What became of an event at a target.
Json to_json(const domain::Delivery& delivery);

/// Null for the value that says that there is none: an empty text, no answer's status.
Json text_unless_empty(std::string_view text);
Json status_unless_zero(int status_code);

}  // namespace hss::api
