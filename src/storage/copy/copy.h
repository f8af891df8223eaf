#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "storage/open_store.h"

namespace hss::storage {

/// How far a copy has come.
struct CopyStep {
  std::string text;               ///< what it does: `Copying bookings`
  std::int64_t rows = 0, of = 0;  ///< of this and the later steps that count rows
};

struct Copied {
  std::int64_t bookings = 0, events = 0, rows = 0;
  /// Totals that were wrong before, and are copied as they were.
  std::vector<std::string> wrong_totals;
};

/// Moves a business: copies all data from one place to another, compares both, and marks `from` as
/// moved, so that nobody goes on there by mistake. Meanwhile nobody can write at either place.
/// Calls `progress` often.
///
/// Whenever it is interrupted, `from` is complete and not marked, or it is marked and `to` is
/// complete; saying it again begins anew. Throws domain::Error, and has changed nothing, if `from`
/// was moved before, if its audit trail does not hold, if `to` has data that are no beginning of
/// it, or if `stop` is requested.
Copied move_data(const Place& from, const Place& to,
                 const std::function<void(const CopyStep&)>& progress, const Report& report,
                 const std::stop_token& stop);

/// Takes the mark off data that were moved, and returns the place where they went. What was changed
/// there since stays there. Throws Error{conflict} if they were not moved.
std::string undo_move(const Place& place, const Report& report);

}  // namespace hss::storage
