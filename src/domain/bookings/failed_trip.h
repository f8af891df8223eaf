#pragma once

#include <string>

#include "domain/calendar/calendar.h"
#include "domain/validation/field.h"

namespace hss::domain {

/// A stop at which nothing could be collected or brought back.
struct FailedTrip {
  std::string client_id;  ///< the client's name for it: told twice, it is counted once
  PlaceKind kind = PlaceKind::pickup;
  std::string date;    ///< for which the stop was planned
  std::string window;  ///< likewise; empty for one that an earlier version noted
  std::string reason;  ///< for the customer and for staff
  std::string failed_at;
  std::string undone_at = {};  ///< empty: it holds
};

/// An unchecked report of a failed trip, or that one was none.
struct FailedTripForm {
  Field<std::string> client_id, reason;
  Field<bool> undo;
};

struct FailedTripRequest {
  std::string client_id;
  std::string reason;  ///< empty for `undo` alone
  bool undo = false;
};

/// Throws Error{validation_error} with every error.
FailedTripRequest validate(const FailedTripForm& form);

}  // namespace hss::domain
