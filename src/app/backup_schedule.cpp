#include "app/backup_schedule.h"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <system_error>
#include <utility>

#include "app/upload_copies.h"
#include "platform/files.h"
#include "storage/part_folder.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/failure.h"

namespace hss::app {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

// The form of the time in a name, with characters that every file system allows:
// 2026-11-22T08-00-00Z.
constexpr std::string_view shape = "dddd-dd-ddTdd-dd-ddZ";
constexpr std::string_view backup_ending = ".db";

std::string time_in_name(domain::Instant time) {
  std::string text = domain::to_rfc3339(time).substr(0, shape.size() - 1) + 'Z';
  std::replace(text.begin(), text.end(), ':', '-');
  return text;
}

domain::Instant time_of(std::string_view name) {
  std::string text(
      name.substr(name.size() - backup_ending.size() - shape.size(), shape.size() - 1));
  text[13] = text[16] = ':';
  return domain::from_rfc3339(text + ".000Z");
}

/// True if this class made the file: nobody gives a file such a name by chance.
bool is_ours(std::string_view file, std::string_view name) {
  if (file.size() != name.size() + 1 + shape.size() + backup_ending.size()) return false;
  const auto time = file.substr(name.size() + 1, shape.size());
  const bool is_time = std::equal(time.begin(), time.end(), shape.begin(), [](char c, char wanted) {
    return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted;
  });
  return file.starts_with(name) && file[name.size()] == '-' && is_time &&
         file.ends_with(backup_ending);
}

}  // namespace

BackupSchedule::BackupSchedule(storage::Store& store, std::string db, std::string uploads,
                               BackupPlan plan, domain::Clock now, Report report)
    : store_(store),
      db_(std::move(db)),
      uploads_(std::move(uploads)),
      plan_(std::move(plan)),
      name_(fs::path(db_).stem().string()),
      now_(std::move(now)),
      report_(std::move(report)) {
  { const storage::PartFolder can_be_written(plan_.folder); }
  status_.every = plan_.every;
  const auto files = list();
  if (!files.empty()) status_.last = time_of(files.back());
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

BackupSchedule::~BackupSchedule() {
  thread_.request_stop();
}

api::Backups::Status BackupSchedule::status() const {
  const std::lock_guard lock(mutex_);
  return status_;
}

void BackupSchedule::describe(metrics::Text& text) const {
  using metrics::Text;
  const Status status = this->status();
  text.family("hss_backup_interval_seconds", Text::Kind::gauge,
              "Time from one backup to the next, as it was asked for.");
  text.sample(static_cast<double>(plan_.every.count()));
  if (status.last) {
    const std::chrono::duration<double> age = now_() - *status.last;
    text.family("hss_backup_age_seconds", Text::Kind::gauge, "Age of the newest backup.");
    text.sample(std::max(age.count(), 0.0));
  }
  text.family("hss_backup_failures_total", Text::Kind::counter, "Backups that could not be made.");
  const std::lock_guard lock(mutex_);
  text.sample(static_cast<double>(failures_));
}

/// Sorts by name, which is by time.
std::vector<std::string> BackupSchedule::list() const {
  std::vector<std::string> files;
  std::error_code failure;
  for (fs::directory_iterator at(plan_.folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    std::string name = at->path().filename().string();
    std::error_code unknown;
    if (is_ours(name, name_) && at->is_regular_file(unknown)) files.push_back(std::move(name));
  }
  std::sort(files.begin(), files.end());
  return files;
}

seconds BackupSchedule::until_due() const {
  const auto last = status().last;
  const auto now = now_();
  // A backup dated in the future was made by a clock that was wrong.
  if (!last || *last > now) return seconds(0);
  return std::max(std::chrono::ceil<seconds>(*last + plan_.every - now), seconds(0));
}

/// A program that was killed may have copied the database and not the photos yet.
void BackupSchedule::finish_newest() const {
  const auto files = list();
  if (files.empty()) return;
  try {
    back_up_uploads((fs::path(plan_.folder) / files.back()).string(), uploads_);
  } catch (const domain::Error& failure) {
    report_(files.back() + " has no photos: " + failure.what());
  }
}

void BackupSchedule::run(const std::stop_token& stop) {
  finish_newest();
  // After a failure the next try comes sooner than the next backup would.
  const seconds until_next_try = std::min(plan_.every, seconds(60));
  seconds wait = until_due();
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      // The clock of a machine that slept has jumped, so this checks it at least once a minute.
      wake_.wait_for(lock, stop, std::min(wait, seconds(60)), [] { return false; });
    }
    if (stop.stop_requested()) return;
    if (wait > seconds(60)) {
      wait = until_due();
      if (wait > seconds(0)) continue;
    }
    wait = make_one(stop) ? plan_.every : until_next_try;
  }
}

bool BackupSchedule::make_one(const std::stop_token& stop) {
  const auto now = now_();
  std::string problem;
  try {
    const fs::path file =
        fs::path(plan_.folder) / (name_ + "-" + time_in_name(now) + std::string(backup_ending));
    storage::back_up(db_, file.string(), storage::Secrets::left_out, report_, stop);
    back_up_uploads(file.string(), uploads_);
    note(now, "");
    remove_old();
    return true;
  } catch (const storage::Damaged& damage) {
    store_.note_damage("a backup of it");
    problem = damage.what();
  } catch (const domain::Error& failure) {
    problem = failure.what();
  } catch (const std::exception&) {
    problem = "The backup could not be made";
  }
  if (stop.stop_requested()) return false;
  report_("backup failed: " + problem);
  note(std::nullopt, problem);
  return false;
}

void BackupSchedule::remove_old() const {
  auto files = list();
  const auto kept = std::min(files.size(), static_cast<std::size_t>(plan_.keep));
  files.resize(files.size() - kept);
  for (const std::string& file : files) {
    std::error_code failure;
    fs::remove(fs::path(plan_.folder) / file, failure);
    if (failure) report_(file + " cannot be removed: " + platform::reason_of(failure));
    uploads::remove_files(uploads::folder_of_backup((fs::path(plan_.folder) / file).string()));
  }
}

void BackupSchedule::note(std::optional<domain::Instant> made, const std::string& problem) {
  const std::lock_guard lock(mutex_);
  if (made) status_.last = made;
  status_.problem = problem;
  failures_ += problem.empty() ? 0 : 1;
  ++changes_;
}

}  // namespace hss::app
