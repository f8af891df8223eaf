#include "storage/sqlite/transactions.h"

#include "storage/sql/new_bookings.h"

namespace hss::storage {

void SqliteTransactions::begin(TxCache&) {
  execute(*connection_, "BEGIN IMMEDIATE");
}

void SqliteTransactions::commit(TxCache&) {
  index_pending_bookings(*connection_, read_positions(*connection_));
  files_.require_in_place();
  execute(*connection_, "COMMIT");
}

void SqliteTransactions::rollback() noexcept {
  connection_->database().tryExec("ROLLBACK");
}

}  // namespace hss::storage
