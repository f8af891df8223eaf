#include "storage/sqlite/sqlite_store.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <thread>
#include <utility>

#include "domain/error.h"
#include "storage/damage.h"
#include "storage/random_number.h"
#include "storage/sql/moved.h"
#include "storage/sqlite/integrity.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/open_files.h"
#include "storage/sqlite/read_pool.h"
#include "storage/sqlite/transactions.h"
#include "storage/writer.h"

namespace hss::storage {
namespace {

using domain::Error;
using domain::ErrorCode;

class PermanentLease final : public domain::Lease {
 public:
  std::optional<Held> find_held(std::chrono::seconds) override { return Held{}; }
  void check() override {}
};

/// A read uses a processor and hardly waits, so more than a few connections per core only cost
/// memory. With fewer, a thread that the system suspends during a read makes others wait.
std::size_t max_readers() {
  return std::max(8u, 4 * std::thread::hardware_concurrency());
}

}  // namespace

SqliteStore::SqliteStore(const std::string& path, Report report)
    : path_(path), report_(std::move(report)), first_revision_(random_number()) {
  const bool in_memory = path == ":memory:";
  const bool is_unchecked = !in_memory && migrate(path, hss_schema(), report_);
  with_error_translation("open", [&] {
    auto connection = std::make_unique<SqliteConnection>(path, SqliteConnection::Mode::batches);
    if (in_memory) {
      build(*connection, hss_schema());
    }
    if (const std::string place = moved_to(*connection); !place.empty()) {
      throw Error(ErrorCode::unavailable, path + ": " + moved_away(place).what());
    }
    files_ = std::make_unique<OpenFiles>(connection->database());
    if (!in_memory) {
      readers_ = std::make_unique<ReadPool>(path, max_readers(), *files_);
      watch_ = std::make_unique<SqliteConnection>(path, SqliteConnection::Mode::read_only);
    }
    writer_ = std::make_unique<Writer>(
        std::make_unique<SqliteTransactions>(std::move(connection), *files_));
    if (is_unchecked)
      check_ = std::make_unique<IntegrityCheck>(path, SqliteConnection::Mode::read_only);
  });
  if (check_) checking_ = std::thread([this] { look_through_the_rest(); });
}

SqliteStore::~SqliteStore() {
  if (!checking_.joinable()) return;
  check_->stop();
  checking_.join();
}

void SqliteStore::look_through_the_rest() {
  try {
    if (check_->run_by_table() == IntegrityCheck::Outcome::damaged) note_damage(check_->damage());
  } catch (const SQLite::Exception& failure) {
    report_("database: " + path_ + " cannot be looked through after an unclean end (" +
            std::to_string(failure.getExtendedErrorCode()) + ")");
  }
}

void SqliteStore::note_damage(const std::string& where) {
  if (is_damaged_.exchange(true)) return;
  report_("THE DATABASE IS DAMAGED: " + path_ + " (" + where +
          "). Stop HSS and restore a backup: hss restore FILE --db " + path_ +
          ". Until then /health is 503");
}

void SqliteStore::check() {
  if (is_damaged_) throw Damaged();
  read([](domain::Reader& reader) { reader.reports().overview(); });
  with_error_translation("write", [&] { writer_->check(); });
}

void SqliteStore::describe(metrics::Text& text) {
  using metrics::Text;
  writer_->describe(text);
  if (!readers_) return;
  text.family("hss_database_bytes", Text::Kind::gauge, "Size of the database's files.");
  for (const auto& [label, suffix] : {std::pair("main", ""), std::pair("wal", "-wal")}) {
    std::error_code missing;
    const auto bytes = std::filesystem::file_size(path_ + suffix, missing);
    text.sample({{"file", label}}, missing ? 0 : static_cast<double>(bytes));
  }
}

std::uint64_t SqliteStore::revision() {
  if (!watch_) return first_revision_ + writer_->changes();
  std::uint64_t version = 0;
  with_error_translation("watch", [&] {
    const std::lock_guard lock(watch_mutex_);
    Query row(*watch_, "PRAGMA data_version");
    if (row.step()) version = static_cast<std::uint64_t>(row.integer(0));
  });
  return first_revision_ + version;
}

std::unique_ptr<domain::Subscription> SqliteStore::on_commit(std::function<void()> changed) {
  return writer_->on_commit(Writer::Event::change, std::move(changed));
}

std::unique_ptr<domain::Subscription> SqliteStore::on_rights_change(std::function<void()> changed) {
  return writer_->on_commit(Writer::Event::loss_of_rights, std::move(changed));
}

std::unique_ptr<domain::Lease> SqliteStore::ask_for_lease(std::string, std::function<void()>) {
  return std::make_unique<PermanentLease>();
}

void SqliteStore::do_read(const std::function<void(domain::Reader&)>& work) {
  with_error_translation("read", [&] {
    if (readers_) {
      readers_->run(work);
    } else {
      writer_->run(work);
    }
  });
}

std::unique_ptr<domain::UnitOfWork> SqliteStore::prepare(std::function<void(domain::Tx&)> work) {
  return make_unit(*writer_, [this, work = std::move(work)](domain::Tx& tx) {
    // A restore would lose the change, and records of earlier changes may be missing from the file.
    if (is_damaged_) throw Damaged();
    work(tx);
  });
}

void SqliteStore::with_error_translation(const char* operation, const std::function<void()>& run) {
  try {
    run();
  } catch (const SQLite::Exception& failure) {
    if (is_damage(failure)) note_damage(operation);
    throw translate(failure, operation, report_);
  } catch (const DamagedValue& value) {
    note_damage(operation + std::string(": ") + value.what());
    throw Damaged();
  } catch (const DataMoved& moved) {
    report_("database: " + std::string(operation) + ": " + path_ + " was moved to " + moved.what());
    throw moved_away();
  } catch (const ConstraintViolation& failure) {
    report_("database: " + std::string(operation) + ": " + failure.what());
    throw Error(ErrorCode::conflict, "The database's own rules refused the change");
  }
}

}  // namespace hss::storage
