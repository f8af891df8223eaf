#include "domain/residences/residence.h"

#include <algorithm>

namespace hss::domain {

const Residence* find_residence(const std::vector<Residence>& residences, std::string_view id) {
  const auto found = std::find_if(residences.begin(), residences.end(),
                                  [&](const Residence& each) { return each.id == id; });
  return found == residences.end() ? nullptr : &*found;
}

std::string address_of(const Residence& residence, std::string_view room) {
  std::string address = residence.name;
  if (!room.empty()) address.append(", room ").append(room);
  if (!residence.suburb.empty()) address.append(", ").append(residence.suburb);
  return address;
}

}  // namespace hss::domain
