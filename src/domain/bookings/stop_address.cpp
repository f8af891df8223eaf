#include "domain/bookings/stop_address.h"

#include <utility>

#include "domain/error.h"
#include "domain/reference.h"
#include "domain/validation/form_text.h"

namespace hss::domain {
namespace {

constexpr std::size_t max_room_length = 40;

std::string no_residence(const std::string& prefix) {
  return prefix + "residence_id must be that of a residence";
}

}  // namespace

StopAddressChange validate_residence(const std::string& prefix, const StopAddressForm& form,
                                     ValidationErrors& errors) {
  StopAddressChange change;
  if (!form.residence_id.is_absent()) {
    const std::string* typed = form.residence_id.value();
    change.residence_id = typed ? parse_reference(*typed, residence_prefix) : std::nullopt;
    if (!change.residence_id) errors.add(no_residence(prefix));
  }
  change.room = changed_text(prefix + "room", form.room, {.at_most = max_room_length}, errors);
  return change;
}

StopAddress changed_address(ResidenceReader& residences, const StopAddress& before,
                            const StopAddressChange& change, const std::string& prefix) {
  const bool is_moved = change.address && *change.address != before.address;
  const std::string id = change.residence_id.value_or(is_moved ? "" : before.residence_id);
  const bool is_same = id == before.residence_id;
  std::string room = change.room.value_or(is_same ? before.room : "");
  if (id.empty()) {
    if (room.empty()) return {change.address.value_or(before.address), "", ""};
    throw Error(ErrorCode::validation_error, "A room is in a residence",
                {prefix + "room must come with " + prefix + "residence_id"});
  }
  if (is_same && room == before.room) return before;
  const auto residence = residences.find(id);
  if (!residence) {
    throw Error(ErrorCode::validation_error, "There is no such residence", {no_residence(prefix)});
  }
  return {address_of(*residence, room), id, std::move(room)};
}

}  // namespace hss::domain
