#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "domain/store.h"
#include "metrics/text.h"
#include "storage/sql/tx_cache.h"
#include "storage/write_transactions.h"

namespace hss::storage {

/// The single writer of this process. Its thread opens a transaction, takes the waiting units of
/// work, runs them in it, commits once, and only then lets the callers return: under load one disk
/// sync serves many responses, and a response still means that the change is on disk. A unit that
/// fails rolls back alone.
class Writer {
 public:
  explicit Writer(std::unique_ptr<WriteTransactions> transactions);
  /// Finishes the units that wait, then closes the connection.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// A unit of work, which the writer's thread runs once it is started. Any other thread may use
  /// it.
  class Unit {
   public:
    Unit(Writer& writer, std::function<void(domain::Tx&)> work);
    /// Waits until the work has ended, if it was started.
    ~Unit();
    Unit(const Unit&) = delete;
    Unit& operator=(const Unit&) = delete;

    /// Called once. The writer's thread calls `done`, if there is one, when the work has ended.
    void start(std::function<void()> done);
    /// Returns once the change is on disk. Throws the exception of the work (then only this unit is
    /// rolled back), or why the commit failed; then nothing of the batch remains.
    void wait();

   private:
    friend class Writer;
    void wait_for_end();
    void end(std::chrono::steady_clock::time_point now);

    Writer& writer_;
    const std::function<void(domain::Tx&)> work_;
    std::chrono::steady_clock::time_point start_;
    std::function<void()> done_;
    std::exception_ptr failure_;
    // Not a std::binary_semaphore: GCC's yields the processor several times before it sleeps, which
    // took a tenth of all time under load.
    std::mutex mutex_;
    std::condition_variable end_;
    bool is_started_ = false;
    bool has_ended_ = false;
  };

  void run(std::function<void(domain::Tx&)> work) {
    Unit unit(*this, std::move(work));
    unit.start({});
    unit.wait();
  }

  /// Throws as run() would for a unit that writes. If the last batch failed or the disk looks full,
  /// it really writes, but changes nothing except changes().
  void check();

  /// Grows with every commit that changed something, before the callers of that commit return.
  std::uint64_t changes() const { return changes_; }

  /// Writes the metrics: units per batch, the time until each unit was on disk, and the units that
  /// wait now.
  void describe(metrics::Text& text);

  enum class Event { change, loss_of_rights };
  /// Implements domain::Store::on_commit() and on_rights_change().
  std::unique_ptr<domain::Subscription> on_commit(Event event, std::function<void()> changed);
  /// Calls those who wait for such an event, one after the other; also from another thread.
  void notify_subscribers(Event event);

 private:
  class Watching;

  void loop();
  enum class Savepoints { none, each_unit };

  void take_waiting(std::vector<Unit*>& batch);
  void fail(std::vector<Unit*>& batch);
  bool commit(std::vector<Unit*>& batch, Savepoints savepoints);
  bool run(Unit& unit, TxCache& cache, Savepoints savepoints);
  bool needs_write_probe() const;
  void run_in_savepoint(Unit& unit, TxCache& cache);

  const std::unique_ptr<WriteTransactions> transactions_;
  std::mutex mutex_;
  std::condition_variable waiting_;
  std::vector<Unit*> queue_;
  metrics::Histogram batches_{metrics::numbers};
  metrics::Histogram waits_{metrics::microseconds};
  bool stopping_ = false;
  std::atomic<std::uint64_t> changes_ = 0;
  bool has_taken_rights_ = false;  ///< of the last batch; only the writer's thread uses it
  int losses_ = 0;                 ///< of this batch's transactions; likewise
  bool has_failed_ = false;        ///< a batch failed, and none has written since; likewise
  std::mutex watches_mutex_;
  std::list<std::pair<Event, std::function<void()>>> watches_;
  std::thread thread_;
};

}  // namespace hss::storage
