#include "samples/booking.h"

#include <array>
#include <string>
#include <string_view>

#include "domain/validation/text.h"

namespace hss::samples {
namespace {

constexpr std::array<std::string_view, 20> first_names{
    "Thandi",  "Sipho",  "Lerato", "Johan",   "Priya",  "Kagiso", "Anika",
    "Nomvula", "Pieter", "Zanele", "Tshepo",  "Amahle", "Ruan",   "Fatima",
    "Lwazi",   "Chanté", "Mpho",   "Refilwe", "Dylan",  "Naledi"};
constexpr std::array<std::string_view, 21> last_names{
    "Mokoena", "Dlamini", "Molefe", "van der Merwe", "Naidoo", "Modise",    "Botha",
    "Khumalo", "Steyn",   "Ndlovu", "Mahlangu",      "Zulu",   "Pretorius", "Patel",
    "Sithole", "Jacobs",  "Nkosi",  "Maluleke",      "Smith",  "Radebe",    "Baloyi"};
constexpr std::array<std::string_view, 12> addresses{
    "Taaibos Residence, Lynnwood Road, Hatfield",
    "Hatfield Studios 1412, 1109 Burnett Street, Hatfield",
    "Erika Residence, Hillcrest Campus",
    "Festival's Edge 307, 480 Festival Street, Hatfield",
    "Mopanie Residence, Burnett Street, Hatfield",
    "Urban Nest 22, 1247 Prospect Street, Hatfield",
    "Klaradyn Residence, Herold Street, Brooklyn",
    "The Fields 918, Burnett Street, Hatfield",
    "Tuksdorp Flat B6, Roper Street, Hatfield",
    "14 Hilda Street, Hatfield",
    "Varsity Place 5, 1022 Francis Baard Street, Hatfield",
    "Azalea Residence, Duxbury Road, Hillcrest"};
constexpr std::array<std::string_view, 3> windows{"08:00 – 11:00", "11:00 – 14:00",
                                                  "14:00 – 17:00"};
constexpr std::array<std::string_view, 6> other_things{
    "Study lamp", "Bicycle", "Microwave", "Guitar in its case", "Desk chair", "Clothes rail"};

}  // namespace

domain::BookingDraft draft_booking(std::size_t number, domain::Instant pickup, Dice& dice) {
  const std::string_view first = first_names[number % first_names.size()];
  const std::string_view last = last_names[number * 5 % last_names.size()];
  domain::BookingDraft draft{.customer_name = std::string(first) + " " + std::string(last),
                             .pickup_date = domain::to_date(pickup),
                             .pickup_window = std::string(dice.of(windows)),
                             .address = std::string(dice.of(addresses)),
                             .duration_months = dice.between(1, 5)};
  draft.email = dice.between(0, 2) > 0
                    ? "u" + std::to_string(dice.between(21000000, 25999999)) + "@tuks.co.za"
                    : (first == "Chanté" ? "chante" : domain::to_lower(first)) +
                          std::to_string(dice.between(10, 99)) + "@gmail.com";
  const auto add = [&](const char* type, int max) {
    for (int i = dice.between(0, max); i > 0; --i) draft.items.push_back({.type = type});
  };
  add("bed", 1);
  add("fridge", 1);
  add("suitcase", 2);
  draft.items.push_back({.type = "box"});
  add("box", 4);
  if (dice.between(0, 2) == 0) {
    draft.items.push_back({.type = "other", .name = std::string(dice.of(other_things))});
  }
  return draft;
}

}  // namespace hss::samples
