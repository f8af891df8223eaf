#include "storage/pruner.h"

#include <exception>
#include <utility>

#include "domain/expiry.h"

namespace hss::storage {

Pruner::Pruner(domain::Store& store, domain::Clock now, PrunerOptions options)
    : store_(store), now_(std::move(now)), options_(options), thread_([this] { run(); }) {}

Pruner::~Pruner() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ends_.notify_one();
  thread_.join();
}

void Pruner::run() {
  for (;;) {
    sleep(prune() ? options_.between_batches : options_.interval);
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
  }
}

/// Returns true if there may be more.
bool Pruner::prune() {
  const domain::Expiry expiry = domain::expiry_at(now_());
  try {
    return store_.transact(
        [&](domain::Tx& tx) { return tx.delete_expired(expiry, options_.batch); });
  } catch (const std::exception&) {
    // The store has reported why it cannot be written; expired rows are deleted once it can.
    return false;
  }
}

void Pruner::sleep(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  ends_.wait_for(lock, time, [this] { return stopping_; });
}

}  // namespace hss::storage
