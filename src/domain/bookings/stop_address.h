#pragma once

#include <optional>
#include <string>

#include "domain/residences/residence_store.h"
#include "domain/validation/field.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {

/// Where staff come to. The address of a room in a residence is written by the server, and stays as
/// it was written when the residence changes.
struct StopAddress {
  std::string address;
  std::string residence_id;  ///< empty: somebody wrote the address
  std::string room;          ///< in the residence; may be empty

  bool operator==(const StopAddress&) const = default;
};

/// An unchecked one.
struct StopAddressForm {
  Field<std::string> address, residence_id, room;
};

/// Checked texts; those that are none stay as they are.
struct StopAddressChange {
  std::optional<std::string> address, residence_id, room;
};

/// Adds the errors of the residence and the room; their names begin with `prefix`.
StopAddressChange validate_residence(const std::string& prefix, const StopAddressForm& form,
                                     ValidationErrors& errors);

/// The address after the change: another address alone ends a residence, another residence without
/// a room has none, and what is so already stays as it was written. Throws Error{validation_error}
/// for a residence that there is not, and for a room without one; `prefix` as above.
StopAddress changed_address(ResidenceReader& residences, const StopAddress& before,
                            const StopAddressChange& change, const std::string& prefix);

}  // namespace hss::domain
