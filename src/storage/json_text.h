#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/bookings/booking.h"

namespace hss::storage {

/// Throws DamagedValue if a stored text is not JSON.
void require_json(std::string_view text);

/// The step of a booking in an event's payload.
struct StepPayload {
  std::optional<std::string> status, to, reason, method;
  bool correction = false;
};

/// Throws as require_json() does.
StepPayload step_payload_of(std::string_view json);

/// A member of an event's payload that is a text; empty if there is none.
std::string payload_text(std::string_view json, const char* member);

/// The booking's items in stored form: `[{"type":"bed","label":"Bed","price":25000}]`, the price in
/// cents. An item may have a `name`, an `s3_key` and `photos`, a list of keys. It has an `id`
/// unless that is its place, from 1, and an `icon` unless that has the name of its type.
std::string to_json(const std::vector<domain::Item>& items);

/// Empty if the text is no such list. An item without a type or a label, which the program never
/// writes, is `other` and called by its type.
std::vector<domain::Item> items_of(std::string_view json);

/// The types alone. Takes a tenth of the time if this program wrote the list, which has `count`
/// items.
std::vector<std::string> item_types_of(std::string_view json, std::size_t count);

}  // namespace hss::storage
