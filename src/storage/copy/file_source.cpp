#include "storage/copy/file_source.h"

#include "storage/copy/file_failure.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/integrity.h"
#include "storage/sqlite/migrations.h"

namespace hss::storage {
namespace {

/// A busy server lets others in between two of its transactions, which may take a few tries.
constexpr int lock_timeout_ms = 60'000;

}  // namespace

FileSource::FileSource(const std::string& path, const Report& report)
    : path_(resolve(path)), report_(report) {
  require_current(path_, hss_schema(), report_);
  with_error_translation([&] {
    connection_ = std::make_unique<SqliteConnection>(path_, SqliteConnection::Mode::read_write);
    files_ = std::make_unique<OpenFiles>(connection_->database());
    connection_->database().setBusyTimeout(lock_timeout_ms);
    execute(*connection_, "BEGIN IMMEDIATE");
  });
}

void FileSource::commit() {
  with_error_translation([&] {
    files_->require_in_place();
    execute(*connection_, "COMMIT");
  });
}

void FileSource::require_sound(const std::stop_token& stop) {
  with_error_translation([&] {
    IntegrityCheck check(path_, SqliteConnection::Mode::read_only);
    const std::stop_callback on_stop(stop, [&check] { check.stop(); });
    if (check.run() != IntegrityCheck::Outcome::damaged) return;
    report_("database: " + path_ + ": " + check.damage());
    throw Damaged();
  });
}

void FileSource::with_error_translation(const std::function<void()>& work) {
  translate_file_failures(path_, report_, work);
}

}  // namespace hss::storage
