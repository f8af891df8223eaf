#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "storage/server/kept_connection.h"
#include "storage/sql/new_bookings.h"
#include "storage/store.h"

namespace hss::storage {

/// Adds new bookings to the search index, in transactions, on a connection and in a thread of its
/// own: that takes about as long as writing the bookings, and nobody's answer waits for it, as
/// readers look through the new ones. Instances take turns by a lock on the index's position.
class Indexer {
 public:
  /// Reports the first of several failures in a row. It goes on with the bookings that come next.
  Indexer(Connect connect, Report report);
  ~Indexer();
  Indexer(const Indexer&) = delete;
  Indexer& operator=(const Indexer&) = delete;

  /// Says that a booking with this number is on disk. Thread-safe; returns at once.
  void note_booking(std::int64_t seq);

 private:
  void loop();
  bool has_enough() const { return newest_ - indexed_ > max_new_bookings; }
  std::int64_t index();

  const Report report_;
  KeptConnection connection_;
  bool has_failed_ = false;  ///< the last try
  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t newest_ = 0;   ///< booking
  std::int64_t indexed_ = 0;  ///< the newest one that is known to be in the index
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hss::storage
