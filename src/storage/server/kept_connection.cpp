#include "storage/server/kept_connection.h"

#include "storage/server/failure.h"

namespace hss::storage {

void KeptConnection::run(const std::function<void(ServerConnection&)>& work) {
  const std::lock_guard lock(mutex_);
  // A kept connection may have ended long ago; a new one has not.
  for (bool is_new = false;;) {
    try {
      if (!connection_) {
        connection_ = connect_();
        is_new = true;
      }
      work(*connection_);
      return;
    } catch (const ConnectionLost& failure) {
      connection_.reset();
      if (is_new) throw ServerFailure(ServerFailure::Kind::unreachable, failure.what());
    } catch (const domain::Error&) {
      throw;
    } catch (...) {
      connection_.reset();
      throw;
    }
  }
}

}  // namespace hss::storage
