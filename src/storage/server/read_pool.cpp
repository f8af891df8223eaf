#include "storage/server/read_pool.h"

#include <utility>

#include "storage/server/failure.h"
#include "storage/sql/views.h"

namespace hss::storage {
namespace {

void run_on(ServerConnection& connection, const std::function<void(domain::Reader&)>& work) {
  // Travels with the first query.
  enqueue(connection, "BEGIN");
  SqlReader reader(connection);
  try {
    work(reader);
  } catch (const domain::Error&) {
    execute(connection, "ROLLBACK");
    throw;
  }
  execute(connection, "COMMIT");
}

}  // namespace

ServerReadPool::ServerReadPool(Connect connect, std::size_t max_connections)
    : connect_(std::move(connect)), max_connections_(max_connections) {}

void ServerReadPool::run(const std::function<void(domain::Reader&)>& work) {
  for (;;) {
    std::unique_ptr<ServerConnection> connection = borrow();
    const auto answers = connection->answers();
    try {
      run_on(*connection, work);
      give_back(std::move(connection));
      return;
    } catch (const domain::Error&) {
      give_back(connection->is_usable() ? std::move(connection) : nullptr);
      throw;
    } catch (const ConnectionLost& failure) {
      // The server may have ended a kept connection long ago. Nothing was read from it, so the work
      // has only begun.
      const bool has_read = connection->answers() != answers;
      give_back(nullptr);
      if (answers == 0 || has_read) {
        throw ServerFailure(ServerFailure::Kind::unreachable, failure.what());
      }
    } catch (...) {
      give_back(nullptr);
      throw;
    }
  }
}

std::unique_ptr<ServerConnection> ServerReadPool::borrow() {
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
    return connect_();
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void ServerReadPool::give_back(std::unique_ptr<ServerConnection> connection) {
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
