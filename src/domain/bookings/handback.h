#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace hss::domain {

/// How the customer gets their things back.
enum class ReturnMethod { deliver, collect_at_store };

inline constexpr std::array all_return_methods{ReturnMethod::deliver,
                                               ReturnMethod::collect_at_store};

std::string_view to_text(ReturnMethod method);
std::optional<ReturnMethod> find_return_method(std::string_view text);

/// The return of a booking, as the customer asked for it.
struct Handback {
  std::string date;     ///< YYYY-MM-DD
  std::string window;   ///< may be empty at the store
  std::string address;  ///< empty: where the things were collected, or at the store
  ReturnMethod method = ReturnMethod::deliver;
  std::string residence_id = {};  ///< of which `address` was written; empty: of none
  std::string room = {};          ///< in that residence

  bool operator==(const Handback&) const = default;
};

/// So many months after the date; the last day of the month where it has no such day.
std::string add_months(std::string_view date, int months);

}  // namespace hss::domain
