#include "storage/server/revision.h"

#include "storage/server/failure.h"

namespace hss::storage {

std::uint64_t ServerRevision::read() {
  std::unique_lock lock(mutex_);
  const std::uint64_t wanted = started_ + 1;
  while (finished_ < wanted) {
    if (started_ != finished_) {
      finished_one_.wait(lock);
      continue;
    }
    ++started_;
    lock.unlock();
    std::uint64_t revision = 0;
    std::exception_ptr failure;
    try {
      revision = query();
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    revision_ = revision;
    failure_ = failure;
    finished_ = started_;
    finished_one_.notify_all();
  }
  if (failure_) std::rethrow_exception(failure_);
  return revision_;
}

std::uint64_t ServerRevision::query() {
  std::uint64_t revision = 0;
  connection_.run([&](ServerConnection& connection) {
    Query row(connection, "SELECT revision FROM head");
    if (!row.step()) throw ServerFailure(ServerFailure::Kind::wrong_schema, "no row in head");
    revision = static_cast<std::uint64_t>(row.integer(0));
  });
  return revision;
}

}  // namespace hss::storage
