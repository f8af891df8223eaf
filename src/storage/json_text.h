#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/bookings/booking.h"

namespace hss::storage {

/// Throws SQLite::Exception, as damage, where a stored text is no JSON.
void require_json(std::string_view text);

/// What an event's payload says of its booking's step.
struct StepPayload {
  std::optional<std::string> status, to, reason, method;
  bool correction = false;
};

/// Throws as require_json() does.
StepPayload step_payload_of(std::string_view json);

/// A booking's items as they are stored: `[{"type":"bed"},{"type":"other","name":"Study lamp"}]`,
/// where an item may have a `name` and an `s3_key`.
std::string to_json(const std::vector<domain::Item>& items);

/// None where the text is no such list; what has no type, as the program never writes it, is
/// `other`.
std::vector<domain::Item> items_of(std::string_view json);

/// Their types alone, in a tenth of the time where this program wrote the list, which has `count`.
std::vector<domain::ItemType> item_types_of(std::string_view json, std::size_t count);

}  // namespace hss::storage
