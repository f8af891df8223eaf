#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "storage/server_address.h"

namespace hss::bench {

/// The baseline for HSS on a database server: the server itself, by the same client library, with a
/// thread a connection. A table with the columns of `bookings`, a primary key and a unique id, and
/// no checks. Each function runs in a process of its own and throws std::runtime_error.

/// A table of the bench's own, which is gone with this object.
class BareTable {
 public:
  /// Made as `owner`.
  explicit BareTable(const storage::ServerAddress& owner);
  ~BareTable();
  BareTable(const BareTable&) = delete;
  BareTable& operator=(const BareTable&) = delete;

 private:
  const storage::ServerAddress owner_;
};

/// Rows a second into the BareTable, as its owner, over that many connections for that long.
/// `rows_a_commit`: those of one transaction travel together, as far as the engine can. They are
/// numbered from `first` on.
double bare_inserts(const storage::ServerAddress& owner, std::size_t connections,
                    std::size_t rows_a_commit, std::int64_t first, std::chrono::milliseconds time);

/// Bookings a second that one prepared SELECT of HSS's table finds by their ids.
double bare_selects(const storage::ServerAddress& owner, std::size_t connections,
                    const std::vector<std::string>& ids, std::chrono::milliseconds time);

}  // namespace hss::bench
