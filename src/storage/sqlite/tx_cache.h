#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/bookings/pricing.h"
#include "storage/sqlite/audit_chain.h"

namespace hss::storage {

/// Caches data that a transaction of the writer has read and its units need again: nobody else
/// writes until it ends. The writer drops it if part of the transaction is rolled back.
struct TxCache {
  std::optional<domain::Catalog> catalog;
  std::optional<ChainLink> last_link;
  struct {
    std::string id;
    std::int64_t seq = 0;
  } last_booking;             ///< the newest booking
  bool takes_rights = false;  ///< a session has ended, or an account's rights have changed

  /// Called after statements that end sessions or change accounts, with the number of changed rows.
  void note_rights(int rows) { takes_rights = takes_rights || rows > 0; }
};

}  // namespace hss::storage
