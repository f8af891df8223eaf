#include "storage/writer.h"

#include <algorithm>
#include <cstddef>

#include "storage/sql/views.h"

namespace hss::storage {

Writer::Unit::Unit(Writer& writer, std::function<void(domain::Tx&)> work)
    : writer_(writer), work_(std::move(work)) {}

Writer::Unit::~Unit() {
  if (is_started_) wait_for_end();
}

void Writer::Unit::start(std::function<void()> done) {
  done_ = std::move(done);
  start_ = std::chrono::steady_clock::now();
  {
    const std::lock_guard lock(writer_.mutex_);
    writer_.queue_.push_back(this);
    // If there was no memory for that, nothing has started.
    is_started_ = true;
  }
  writer_.waiting_.notify_one();
}

void Writer::Unit::wait() {
  wait_for_end();
  if (failure_) std::rethrow_exception(failure_);
}

void Writer::Unit::wait_for_end() {
  std::unique_lock lock(mutex_);
  end_.wait(lock, [this] { return has_ended_; });
}

void Writer::Unit::end(std::chrono::steady_clock::time_point now) {
  writer_.waits_.note(static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(now - start_).count()));
  // Held to the end: the thread that is notified may destroy the unit at once, and its destructor
  // waits for this lock.
  const std::lock_guard lock(mutex_);
  has_ended_ = true;
  end_.notify_one();
  if (done_) done_();
}

Writer::Writer(std::unique_ptr<WriteTransactions> transactions)
    : transactions_(std::move(transactions)), thread_([this] { loop(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  waiting_.notify_one();
  thread_.join();
}

void Writer::describe(metrics::Text& text) {
  using metrics::Text;
  std::size_t waiting = 0;
  {
    const std::lock_guard lock(mutex_);
    waiting = queue_.size();
  }
  text.family("hss_writer_batch_units", Text::Kind::histogram, "Units of work in one commit.");
  text.sample({}, batches_, Text::Values::plain);
  text.family("hss_writer_wait_seconds", Text::Kind::histogram,
              "Time until a unit of work was on disk.");
  text.sample({}, waits_, Text::Values::microseconds_told_as_seconds);
  text.family("hss_writer_queue", Text::Kind::gauge, "Units of work that wait for the writer.");
  text.sample(static_cast<double>(waiting));
}

void Writer::check() {
  run([this](domain::Tx&) {
    if (!needs_write_probe()) return;
    // Up and down again, as SQLite does not write a value that never changes.
    execute(transactions_->connection(), "UPDATE bookings_taken_in SET seq = seq + 1");
    execute(transactions_->connection(), "UPDATE bookings_taken_in SET seq = seq - 1");
  });
}

bool Writer::needs_write_probe() const {
  return has_failed_ || transactions_->may_be_unable_to_write();
}

void Writer::loop() {
  std::vector<Unit*> batch;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      waiting_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
    }
    const std::uint64_t changes_before = changes_;
    // A savepoint copies every page that its unit changes, and a unit hardly ever fails after a
    // change, as the rules are checked first. So the batch runs without savepoints; only if a unit
    // leaves half a change behind, the batch runs again with them.
    losses_ = 0;
    bool is_done = commit(batch, Savepoints::none);
    while (!is_done) is_done = commit(batch, Savepoints::each_unit);
    const bool has_changed = changes_ != changes_before;
    if (has_changed && has_taken_rights_) notify_subscribers(Event::loss_of_rights);
    batches_.note(batch.size());
    const auto now = std::chrono::steady_clock::now();
    for (Unit* unit : batch) unit->end(now);
    batch.clear();
    if (has_changed) notify_subscribers(Event::change);
  }
}

/// Takes the units that wait now, unless the batch has its units already.
void Writer::take_waiting(std::vector<Unit*>& batch) {
  if (!batch.empty()) return;
  const std::lock_guard lock(mutex_);
  const auto taken = std::min(queue_.size(), transactions_->max_units());
  const auto rest = queue_.begin() + static_cast<std::ptrdiff_t>(taken);
  batch.assign(queue_.begin(), rest);
  queue_.erase(queue_.begin(), rest);
}

class Writer::Watching final : public domain::Subscription {
 public:
  Watching(Writer& writer, Event event, std::function<void()> changed) : writer_(writer) {
    const std::lock_guard lock(writer_.watches_mutex_);
    entry_ = writer_.watches_.emplace(writer_.watches_.end(), event, std::move(changed));
  }
  ~Watching() override {
    const std::lock_guard lock(writer_.watches_mutex_);
    writer_.watches_.erase(entry_);
  }

 private:
  Writer& writer_;
  std::list<std::pair<Event, std::function<void()>>>::iterator entry_;
};

std::unique_ptr<domain::Subscription> Writer::on_commit(Event event,
                                                        std::function<void()> changed) {
  return std::make_unique<Watching>(*this, event, std::move(changed));
}

void Writer::notify_subscribers(Event event) {
  const std::lock_guard lock(watches_mutex_);
  for (const auto& [wanted, changed] : watches_) {
    if (wanted == event) changed();
  }
}

bool Writer::commit(std::vector<Unit*>& batch, Savepoints savepoints) {
  try {
    TxCache cache;
    // Units that come while this waits for another program's transaction run in this batch.
    transactions_->begin(cache);
    take_waiting(batch);
    const Connection& connection = transactions_->connection();
    const std::uint64_t changes_before = connection.changes();
    cache.looks_for_taken_ids = savepoints == Savepoints::each_unit;
    for (Unit* unit : batch) {
      unit->failure_ = nullptr;
      if (savepoints == Savepoints::each_unit) {
        run_in_savepoint(*unit, cache);
      } else if (!run(*unit, cache, savepoints)) {
        transactions_->rollback();
        return false;
      }
    }
    const bool has_changed = connection.changes() != changes_before;
    transactions_->commit(cache);
    has_taken_rights_ = cache.takes_rights;
    // A batch without changes succeeds on a full disk, too.
    if (has_changed) has_failed_ = false;
    if (has_changed) ++changes_;
  } catch (const ConstraintViolation&) {
    transactions_->rollback();
    if (savepoints == Savepoints::none) return false;
    fail(batch);
  } catch (const TransactionLost&) {
    // A unit that ends each connection does not keep the others for ever.
    constexpr int max_losses = 8;
    if (++losses_ < max_losses) return false;
    fail(batch);
  } catch (...) {
    fail(batch);
    if (transactions_->is_open()) transactions_->rollback();
  }
  return true;
}

/// Nothing of the batch is on disk, so every unit that seemed to succeed fails with the exception
/// that is handled now.
void Writer::fail(std::vector<Unit*>& batch) {
  has_failed_ = true;
  take_waiting(batch);
  for (Unit* unit : batch) {
    if (!unit->failure_) unit->failure_ = std::current_exception();
  }
}

/// False if the unit failed and the transaction is not as it was before it.
bool Writer::run(Unit& unit, TxCache& cache, Savepoints savepoints) {
  const auto changes = transactions_->connection().changes();
  try {
    SqlTx tx(transactions_->connection(), cache);
    unit.work_(tx);
    // Until its savepoint is released, a change that fails is the unit's own.
    if (savepoints == Savepoints::each_unit) transactions_->connection().flush();
    return true;
  } catch (const ConstraintViolation&) {
    // The next run looks first.
    unit.failure_ = std::current_exception();
    return false;
  } catch (...) {
    // A failure that may have come from damage is not tried again: the next look may not see it.
    unit.failure_ = std::current_exception();
  }
  return transactions_->can_go_on() && transactions_->connection().changes() == changes;
}

void Writer::run_in_savepoint(Unit& unit, TxCache& cache) {
  Connection& connection = transactions_->connection();
  execute(connection, "SAVEPOINT unit");
  if (!run(unit, cache, Savepoints::each_unit)) {
    // SQLite itself rolls back the whole transaction on a full disk and similar failures.
    if (!transactions_->is_open()) std::rethrow_exception(unit.failure_);
    execute(connection, "ROLLBACK TO SAVEPOINT unit");
    cache = {.looks_for_taken_ids = true, .takes_rights = cache.takes_rights};
  }
  execute(connection, "RELEASE SAVEPOINT unit");
}

}  // namespace hss::storage
