#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/bookings/pricing.h"
#include "storage/sqlite/audit_chain.h"

namespace hss::storage {

/// Caches what a transaction of the writer has read and its units need again: nobody else writes
/// until it ends. It is thrown away where something in the transaction is undone.
struct TxCache {
  std::optional<domain::Catalog> catalog;
  std::optional<ChainLink> last_link;
  struct {
    std::string id;
    std::int64_t seq = 0;
  } last_booking;  ///< the newest that was made
  bool takes_rights =
      false;  ///< a session has ended, or an account may do other things than before

  /// Of what ends sessions or changes accounts: how many rows it changed.
  void note_rights(int rows) { takes_rights = takes_rights || rows > 0; }
};

}  // namespace hss::storage
