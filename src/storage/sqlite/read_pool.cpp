#include "storage/sqlite/read_pool.h"

#include <utility>

#include "storage/sql/views.h"

namespace hss::storage {

ReadPool::ReadPool(std::string path, std::size_t max_connections, const OpenFiles& files)
    : path_(std::move(path)), max_connections_(max_connections), files_(files) {}

void ReadPool::run(const std::function<void(domain::Reader&)>& work) {
  std::unique_ptr<SqliteConnection> connection = borrow();
  try {
    execute(*connection, "BEGIN");
    SqlReader reader(*connection);
    work(reader);
    execute(*connection, "COMMIT");
  } catch (const SQLite::Exception&) {
    // A connection that failed once may be broken (the file gone, say): the next reader opens a new
    // one.
    connection.reset();
    give_back(nullptr);
    throw;
  } catch (...) {
    connection->database().tryExec("ROLLBACK");
    give_back(std::move(connection));
    throw;
  }
  give_back(std::move(connection));
}

std::unique_ptr<SqliteConnection> ReadPool::borrow() {
  {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !idle_.empty() || opened_ < max_connections_; });
    if (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
    ++opened_;
  }
  try {
    // A replaced file would have other data than the open connections.
    files_.require_in_place();
    return std::make_unique<SqliteConnection>(path_, SqliteConnection::Mode::read_only);
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void ReadPool::give_back(std::unique_ptr<SqliteConnection> connection) {
  {
    const std::lock_guard lock(mutex_);
    if (connection) {
      idle_.push_back(std::move(connection));
    } else {
      --opened_;
    }
  }
  returned_.notify_one();
}

}  // namespace hss::storage
