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
    enqueue(connection, "ROLLBACK");
    connection.send();
    throw;
  }
  // What was read is not in doubt, whatever the server answers to that.
  enqueue(connection, "COMMIT");
  connection.send();
}

}  // namespace

ServerReadPool::ServerReadPool(Connect connect, std::size_t max_connections)
    : pool_(std::move(connect), max_connections) {}

void ServerReadPool::run(const std::function<void(domain::Reader&)>& work) {
  for (;;) {
    std::unique_ptr<ServerConnection> connection = pool_.borrow();
    const auto answers = connection->answers();
    try {
      run_on(*connection, work);
      pool_.give_back(std::move(connection));
      return;
    } catch (const domain::Error&) {
      pool_.give_back(connection->is_usable() ? std::move(connection) : nullptr);
      throw;
    } catch (const ConnectionLost& failure) {
      // The server may have ended a kept connection long ago. Nothing was read from it, so the work
      // has only begun.
      const bool has_read = connection->answers() != answers;
      pool_.give_back(nullptr);
      if (answers == 0 || has_read) {
        throw ServerFailure(ServerFailure::Kind::unreachable, failure.what());
      }
    } catch (...) {
      pool_.give_back(nullptr);
      throw;
    }
  }
}

}  // namespace hss::storage
