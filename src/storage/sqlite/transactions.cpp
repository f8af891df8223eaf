#include "storage/sqlite/transactions.h"

#include "storage/sql/moved.h"
#include "storage/sql/new_bookings.h"

namespace hss::storage {

void SqliteTransactions::begin(TxCache&) {
  execute(*connection_, "BEGIN IMMEDIATE");
  // A program that was running when they were moved would write on.
  require_not_moved(*connection_);
}

void SqliteTransactions::commit(TxCache&) {
  const Positions positions = read_positions(*connection_);
  count_pending_bookings(*connection_, positions);
  index_pending_bookings(*connection_, positions);
  files_.require_in_place();
  execute(*connection_, "COMMIT");
}

void SqliteTransactions::rollback() noexcept {
  connection_->database().tryExec("ROLLBACK");
}

}  // namespace hss::storage
