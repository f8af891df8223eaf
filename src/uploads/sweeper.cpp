#include "uploads/sweeper.h"

#include <exception>
#include <optional>
#include <utility>
#include <vector>

namespace hss::uploads {

bool sweep(domain::Store& store, Uploads& uploads, int batch, const Sweeper::Report& report) {
  const auto& service = uploads.service;
  // A transaction that changes nothing would still have every cache read its data again.
  if (!store.read([&](domain::Reader& reader) { return service.has_due(reader); })) return false;
  const auto ids = store.transact([&](domain::Tx& tx) { return service.take_due(tx, batch); });
  std::vector<std::string> erased;
  for (const std::string& id : ids) {
    try {
      uploads.files->erase(id);
      erased.push_back(id);
    } catch (const std::exception& failure) {
      report("the files of " + id + " stay for now: " + failure.what());
    }
  }
  if (!erased.empty()) {
    store.transact([&](domain::Tx& tx) {
      for (const std::string& id : erased) tx.uploads().remove_erased(id);
    });
  }
  return ids.size() == static_cast<std::size_t>(batch);
}

void look_through_folder(domain::Store& store, Uploads& uploads) {
  if (uploads.local == nullptr) return;
  uploads.local->erase_orphans([&](const std::string& id) {
    return store.read(
        [&](domain::Reader& reader) { return reader.uploads().find(id).has_value(); });
  });
  constexpr int page = 500;
  std::int64_t missing = 0;
  std::string last;
  for (;;) {
    const auto stored = store.read(
        [&](domain::Reader& reader) { return reader.uploads().list_stored(last, page); });
    for (const domain::Upload& upload : stored) {
      for (const domain::FileVariant variant : domain::all_file_variants) {
        const bool is_file = upload.find_file(variant) != nullptr;
        if (is_file && !uploads.local->is_there({upload.id, variant})) ++missing;
      }
      last = upload.id;
    }
    if (stored.size() < static_cast<std::size_t>(page)) break;
  }
  uploads.missing = missing;
}

Sweeper::Sweeper(domain::Store& store, Uploads& uploads, Report report, SweeperOptions options)
    : store_(store),
      uploads_(uploads),
      report_(std::move(report)),
      options_(options),
      thread_([this] { run(); }) {}

Sweeper::~Sweeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ends_.notify_one();
  thread_.join();
}

void Sweeper::run() {
  using std::chrono::steady_clock;
  std::optional<steady_clock::time_point> looked;
  for (;;) {
    bool has_more = false;
    try {
      if (!looked || steady_clock::now() - *looked >= options_.between_looks) {
        look_through_folder(store_, uploads_);
        looked = steady_clock::now();
      }
      has_more = sweep(store_, uploads_, options_.batch, report_);
    } catch (const std::exception&) {
      // The store has reported why it cannot be used; what is due stays due.
    }
    if (wait(has_more ? options_.between_batches : options_.interval)) return;
  }
}

/// Returns true if it is to end.
bool Sweeper::wait(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  return ends_.wait_for(lock, time, [this] { return stopping_; });
}

}  // namespace hss::uploads
