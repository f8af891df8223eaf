#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hss::domain {

/// A house of many students, which bookings name in place of an address. What is not known is
/// empty. Everybody sees its name, its suburb and when it closes; the rest is for staff, who drive.
struct Residence {
  std::string id;          ///< RES-…, for good; empty if it has none yet
  std::string name;        ///< no other one has it
  std::string suburb;      ///< with the postal code, as it stands in an address
  std::string closes_on;   ///< the last day on which students can be there
  std::string reopens_on;  ///< the day on which they come back
  std::string gate;        ///< which one, and what it takes to get in
  std::string stairs;      ///< or a lift
  std::string parking;
  std::string caretaker_phone;  ///< as it was typed

  bool operator==(const Residence&) const = default;
};

/// A member that staff alone see, by the name that it has everywhere.
struct ResidenceText {
  std::string_view name;
  std::string Residence::*value;
  std::size_t max_length;  ///< characters
};

inline constexpr std::array<ResidenceText, 4> residence_texts{{
    {"gate", &Residence::gate, 200},
    {"stairs", &Residence::stairs, 200},
    {"parking", &Residence::parking, 200},
    {"caretaker_phone", &Residence::caretaker_phone, 40},
}};

inline constexpr std::size_t max_residences = 500;

/// Null if none has the id.
const Residence* find_residence(const std::vector<Residence>& residences, std::string_view id);

/// The line that stands as the address of a booking: "Tuksdorp, room 214, Hatfield 0083".
std::string address_of(const Residence& residence, std::string_view room);

}  // namespace hss::domain
