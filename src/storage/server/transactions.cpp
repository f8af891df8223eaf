#include "storage/server/transactions.h"

#include <thread>
#include <utility>

#include "storage/random_number.h"
#include "storage/server/failure.h"
#include "storage/server/migrate.h"
#include "storage/sql/audit_chain.h"
#include "storage/sql/calendar.h"
#include "storage/sql/catalog.h"
#include "storage/sql/moved.h"
#include "storage/sql/new_bookings.h"

namespace hss::storage {
namespace {

constexpr std::chrono::seconds max_time_without_connection(10);
constexpr std::chrono::milliseconds between_tries(200);
constexpr std::int64_t unknown_number = -1;
constexpr const char* lock_head =
    "SELECT schema_version, last_booking, last_event, last_hash, counted, moved_to"
    " FROM head FOR UPDATE";

}  // namespace

ServerTransactions::ServerTransactions(Connect connect, std::string id, std::int64_t schema_version,
                                       OwnRevisions& revisions, Booked booked)
    : connect_(std::move(connect)),
      id_(std::move(id)),
      schema_version_(schema_version),
      revisions_(revisions),
      booked_(std::move(booked)) {
  this->connect();
}

ServerTransactions::~ServerTransactions() {
  if (!connection_ || !connection_->is_usable()) return;
  try {
    execute(*connection_, "DELETE FROM writers WHERE id = ?", id_);
  } catch (...) {
    // The row of a writer that is gone does no harm.
  }
}

/// Makes a connection whose failures leave no doubt: this instance has a row that says how far it
/// came.
void ServerTransactions::connect() {
  connection_ = connect_();
  if (execute(*connection_, "UPDATE writers SET batch = batch WHERE id = ?", id_) == 0) {
    // A row that is gone later on leaves open what it said.
    execute(*connection_, "INSERT INTO writers (id, batch) VALUES (?, ?)", id_,
            was_connected_ ? unknown_number : 0);
  }
  was_connected_ = true;
}

void ServerTransactions::begin(TxCache& cache) {
  ServerFailure last(ServerFailure::Kind::unreachable, "the connection was lost");
  // One that was lost may be open still, on a connection that has not ended.
  if (is_open_) rollback();
  for (;;) {
    try {
      if (!connection_ || !connection_->is_usable()) connect();
      lock(cache);
      lost_since_.reset();
      return;
    } catch (const ConnectionLost&) {
      rollback();
    } catch (const ServerFailure& failure) {
      rollback();
      using Kind = ServerFailure::Kind;
      if (failure.kind() != Kind::unreachable && failure.kind() != Kind::read_only) throw;
      last = failure;
      // After a failover its name leads to another server.
      connection_.reset();
    }
    const auto now = std::chrono::steady_clock::now();
    if (!lost_since_) lost_since_ = now;
    if (now - *lost_since_ >= max_time_without_connection) {
      throw ServerFailure(last.kind(), std::string("for ten seconds: ") + last.what());
    }
    std::this_thread::sleep_for(between_tries);
  }
}

void ServerTransactions::lock(TxCache& cache) {
  enqueue(*connection_, "BEGIN");
  is_open_ = true;
  connection_->prefetch(lock_head);
  // Nearly every new booking needs both.
  prefetch_catalog(*connection_);
  prefetch_calendar(*connection_);
  Query head(*connection_, lock_head);
  if (!head.step()) throw ServerFailure(ServerFailure::Kind::wrong_schema, "no row in head");
  require_version(head.integer(0), schema_version_);
  if (const std::string place = head.text(5); !place.empty()) throw DataMoved(place);
  newest_booking_ = head.integer(1);
  cache.last_booking = {"", newest_booking_};
  cache.last_link = {head.integer(2), head.blob(3)};
  cache.positions = {.last = newest_booking_, .counted = head.integer(4)};
  changes_before_ = connection_->changes();
}

void ServerTransactions::write_head(TxCache& cache) {
  // A unit that was rolled back takes along what was known.
  if (!cache.last_link) cache.last_link = last_link(*connection_);
  Positions positions = cache.positions ? *cache.positions : read_positions(*connection_);
  if (cache.last_booking) positions.last = cache.last_booking->seq;
  count_pending_bookings(*connection_, positions);
  newest_booking_ = positions.last;
  const std::int64_t revision = random_revision();
  revisions_.add(static_cast<std::uint64_t>(revision));
  enqueue(*connection_,
          "UPDATE head SET revision = ?, last_booking = ?, last_event = ?, last_hash = ?", revision,
          positions.last, cache.last_link->id, Query::Blob{cache.last_link->hash});
}

void ServerTransactions::commit(TxCache& cache) {
  if (connection_->changes() != changes_before_) {
    write_head(cache);
    enqueue(*connection_, "UPDATE writers SET batch = ? WHERE id = ?", ++number_, id_);
    // Whatever fails up to here fails before COMMIT, which would only end the transaction then.
  }
  try {
    execute(*connection_, "COMMIT");
  } catch (const ConnectionLost&) {
    is_open_ = false;
    if (!was_committed()) throw;
  }
  last_committed_ = number_;
  is_open_ = false;
  booked_(newest_booking_);
}

/// Throws ServerFailure{unknown} if that cannot be learnt.
bool ServerTransactions::was_committed() {
  constexpr int max_tries = 8;
  std::optional<std::int64_t> number;
  for (int tries = 0; !number && tries < max_tries; ++tries) number = read_number();
  if (number == number_) return true;
  if (number == last_committed_) return false;
  throw ServerFailure(ServerFailure::Kind::unknown, "the row of this writer is gone");
}

/// The number of the last transaction of this instance that is on disk. Waits until the lost one
/// has ended on the server, which gives its lock back then. Empty if the connection was lost again.
std::optional<std::int64_t> ServerTransactions::read_number() {
  TxCache unused;
  try {
    begin(unused);
  } catch (const ServerFailure& failure) {
    throw ServerFailure(ServerFailure::Kind::unknown, failure.what());
  } catch (const DataMoved& moved) {
    throw ServerFailure(ServerFailure::Kind::unknown,
                        std::string("the data were moved to ") + moved.what());
  }
  std::int64_t number = unknown_number;
  try {
    Query row(*connection_, "SELECT batch FROM writers WHERE id = ?", id_);
    if (row.step()) number = row.integer(0);
  } catch (const ConnectionLost&) {
    return std::nullopt;
  }
  rollback();
  return number;
}

void ServerTransactions::rollback() noexcept {
  is_open_ = false;
  try {
    if (!connection_ || !connection_->is_usable()) return;
    connection_->discard();
    execute(*connection_, "ROLLBACK");
  } catch (...) {
    // The server rolls back what is open on a connection that ends.
    connection_.reset();
  }
}

}  // namespace hss::storage
