#include "storage/sqlite/writer.h"

#include "storage/sqlite/new_bookings.h"

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

Writer::Writer(std::unique_ptr<Connection> connection, const OpenFiles& files)
    : connection_(std::move(connection)),
      files_(files),
      changes_(changes_so_far()),
      thread_([this] { loop(); }) {}

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
    execute(*connection_, "UPDATE bookings_taken_in SET seq = seq + 1");
    execute(*connection_, "UPDATE bookings_taken_in SET seq = seq - 1");
  });
}

bool Writer::needs_write_probe() const {
  return has_failed_ || files_.are_on_full_disk();
}

void Writer::loop() {
  std::vector<Unit*> batch;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      waiting_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      batch.swap(queue_);
    }
    const std::uint64_t changes_before = changes_;
    process(batch);
    const bool has_changed = changes_ != changes_before;
    if (has_changed && has_taken_rights_) notify_subscribers(Event::loss_of_rights);
    batches_.note(batch.size());
    const auto now = std::chrono::steady_clock::now();
    for (Unit* unit : batch) unit->end(now);
    batch.clear();
    if (has_changed) notify_subscribers(Event::change);
  }
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

void Writer::process(const std::vector<Unit*>& batch) {
  // A savepoint copies every page that its unit changes, and a unit hardly ever fails after a
  // change, as the rules are checked first. So the batch runs without savepoints; only if a unit
  // leaves half a change behind, the batch runs again with them.
  if (!commit(batch, Savepoints::none)) commit(batch, Savepoints::each_unit);
}

bool Writer::commit(const std::vector<Unit*>& batch, Savepoints savepoints) {
  const std::uint64_t changes_before = changes_so_far();
  try {
    execute(*connection_, "BEGIN IMMEDIATE");
    TxCache cache;
    for (Unit* unit : batch) {
      unit->failure_ = nullptr;
      if (savepoints == Savepoints::each_unit) {
        run_in_savepoint(*unit, cache);
      } else if (!run(*unit, cache)) {
        connection_->database().tryExec("ROLLBACK");
        return false;
      }
    }
    index_pending_bookings(*connection_);
    files_.require_in_place();
    execute(*connection_, "COMMIT");
    changes_ = changes_so_far();
    has_taken_rights_ = cache.takes_rights;
    // A batch without changes succeeds on a full disk, too.
    if (changes_ != changes_before) has_failed_ = false;
  } catch (...) {
    has_failed_ = true;
    // Nothing of the batch is on disk, so every unit that seemed to succeed fails.
    for (Unit* unit : batch) {
      if (!unit->failure_) unit->failure_ = std::current_exception();
    }
    if (connection_->in_transaction()) connection_->database().tryExec("ROLLBACK");
  }
  return true;
}

std::uint64_t Writer::changes_so_far() const {
  return static_cast<std::uint64_t>(connection_->database().getTotalChanges());
}

bool Writer::run(Unit& unit, TxCache& cache) {
  const auto changes = changes_so_far();
  try {
    SqliteTx tx(*connection_, cache);
    unit.work_(tx);
  } catch (...) {
    unit.failure_ = std::current_exception();
  }
  return !unit.failure_ || (connection_->in_transaction() && changes_so_far() == changes);
}

void Writer::run_in_savepoint(Unit& unit, TxCache& cache) {
  execute(*connection_, "SAVEPOINT unit");
  if (!run(unit, cache)) {
    // SQLite itself rolls back the whole transaction on a full disk and similar failures.
    if (!connection_->in_transaction()) std::rethrow_exception(unit.failure_);
    execute(*connection_, "ROLLBACK TO unit");
    cache = {.takes_rights = cache.takes_rights};
  }
  execute(*connection_, "RELEASE unit");
}

}  // namespace hss::storage
