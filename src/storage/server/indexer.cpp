#include "storage/server/indexer.h"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

namespace hss::storage {

Indexer::Indexer(Connect connect, Report report)
    : report_(std::move(report)), connection_(std::move(connect)), thread_([this] { loop(); }) {}

Indexer::~Indexer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Indexer::note_booking(std::int64_t seq) {
  {
    const std::lock_guard lock(mutex_);
    newest_ = std::max(newest_, seq);
    if (!has_enough()) return;
  }
  changed_.notify_one();
}

void Indexer::loop() {
  for (;;) {
    std::int64_t newest = 0;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || has_enough(); });
      if (stopping_) return;
      newest = newest_;
    }
    // A server that fails is left alone until as many others have come.
    std::int64_t indexed = newest;
    try {
      indexed = index();
      has_failed_ = false;
    } catch (const std::exception& failure) {
      if (!std::exchange(has_failed_, true)) {
        report_(std::string("database server: index bookings for the search: ") + failure.what());
      }
    }
    const std::lock_guard lock(mutex_);
    indexed_ = std::max(indexed_, indexed);
  }
}

/// Returns the number of the newest booking in the index.
std::int64_t Indexer::index() {
  std::int64_t indexed = 0;
  connection_.run([&](ServerConnection& connection) {
    enqueue(connection, "BEGIN");
    if (Query position(connection, "SELECT seq FROM bookings_indexed FOR UPDATE");
        position.step()) {
      indexed = position.integer(0);
    }
    indexed = std::max(indexed, index_new_bookings(connection));
    execute(connection, "COMMIT");
  });
  return indexed;
}

}  // namespace hss::storage
