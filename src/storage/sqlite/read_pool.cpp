#include "storage/sqlite/read_pool.h"

#include <utility>

#include "storage/sql/views.h"

namespace hss::storage {

ReadPool::ReadPool(std::string path, std::size_t max_connections, const OpenFiles& files)
    : pool_(
          [path = std::move(path), &files] {
            // A replaced file would have other data than the open connections.
            files.require_in_place();
            return std::make_unique<SqliteConnection>(path, SqliteConnection::Mode::read_only);
          },
          max_connections) {}

void ReadPool::run(const std::function<void(domain::Reader&)>& work) {
  std::unique_ptr<SqliteConnection> connection = pool_.borrow();
  try {
    execute(*connection, "BEGIN");
    SqlReader reader(*connection);
    work(reader);
    execute(*connection, "COMMIT");
  } catch (const SQLite::Exception&) {
    // A connection that failed once may be broken (the file gone, say): the next reader opens a new
    // one.
    connection.reset();
    pool_.give_back(nullptr);
    throw;
  } catch (...) {
    connection->database().tryExec("ROLLBACK");
    pool_.give_back(std::move(connection));
    throw;
  }
  pool_.give_back(std::move(connection));
}

}  // namespace hss::storage
