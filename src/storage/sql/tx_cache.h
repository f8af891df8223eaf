#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/calendar/calendar.h"
#include "domain/catalog/catalog.h"
#include "domain/residences/residence.h"
#include "storage/sql/audit_chain.h"
#include "storage/sql/new_bookings.h"

namespace hss::storage {

/// Caches data that a transaction of the writer has read and its units need again: nobody else
/// writes until it ends. The writer drops it if part of the transaction is rolled back.
struct TxCache {
  std::optional<domain::Catalog> catalog;
  std::optional<std::optional<domain::Calendar>> calendar;
  std::optional<std::vector<domain::Residence>> residences;
  std::optional<ChainLink> last_link;
  struct LastBooking {
    std::string id;  ///< empty if this transaction did not insert it
    std::int64_t seq = 0;
  };
  std::optional<LastBooking> last_booking;
  std::optional<Positions> positions;  ///< when the transaction began
  bool looks_for_taken_ids = false;    ///< inserts look first whether an id is taken
  bool takes_rights = false;           ///< a session has ended, or an account's rights have changed

  /// Called after statements that end sessions or change accounts, with the number of changed rows.
  void note_rights(int rows) { takes_rights = takes_rights || rows > 0; }
};

}  // namespace hss::storage
