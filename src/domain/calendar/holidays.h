#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hss::domain {

struct Holiday {
  std::string date;  ///< YYYY-MM-DD
  std::string name;
};

/// South Africa's public holidays of the year in order (Public Holidays Act 36 of 1994): where one
/// falls on a Sunday, the Monday after it is one, too. Those that the President proclaims for a
/// single year are not among them.
std::vector<Holiday> public_holidays(int year);

/// The name of the public holiday on a calendar date; none on other days.
std::optional<std::string> find_public_holiday(std::string_view date);

}  // namespace hss::domain
