#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "storage/copy/rows.h"

namespace hss::storage {

/// Counts bookings and payments anew, and compares them with the totals that are kept of them.
class Recount {
 public:
  /// `counted` is the last booking that the totals count (new_bookings.h).
  explicit Recount(std::int64_t counted) : counted_(counted) {}

  /// Takes the rows of all tables, each once.
  void see(const Table& table, const Row& row);

  /// Where the two differ, as `week_totals 2026-11-23`. Empty if all is right.
  std::vector<std::string> differences() const;

 private:
  /// Two numbers by the name of their table and their key in it; where both are zero there may be
  /// no row.
  using Totals = std::map<std::string, std::pair<std::int64_t, std::int64_t>>;

  void see_booking(const Row& row);
  void see_payment(const Row& row);

  const std::int64_t counted_;
  Totals right_, kept_;
};

}  // namespace hss::storage
