#include "storage/sqlite/integrity.h"

#include <sqlite3.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "storage/sqlite/failure.h"

namespace hss::storage {
namespace {

/// The name with its quotes doubled, as SQL requires.
std::string doubled(const std::string& name, char quote) {
  std::string text;
  for (const char c : name) text.append(c == quote ? 2 : 1, c);
  return text;
}

}  // namespace

IntegrityCheck::IntegrityCheck(const std::string& path, SqliteConnection::Mode mode)
    : connection_(path, mode) {}

IntegrityCheck::Outcome IntegrityCheck::run() {
  Outcome outcome = guarded([&] { return find_damage_in_pages(""); });
  if (outcome != Outcome::sound) return outcome;
  return guarded([&] {
    std::string damage;
    for (const std::string& table : tables()) {
      if (damage.empty()) damage = find_damage_in_texts(table);
    }
    return damage;
  });
}

IntegrityCheck::Outcome IntegrityCheck::run_for(std::chrono::milliseconds time) {
  std::mutex mutex;
  std::condition_variable ended;
  bool has_ended = false;
  std::thread timer([&] {
    std::unique_lock lock(mutex);
    if (!ended.wait_for(lock, time, [&] { return has_ended; })) stop();
  });
  const auto end = [&] {
    {
      const std::lock_guard lock(mutex);
      has_ended = true;
    }
    ended.notify_one();
    timer.join();
  };
  try {
    const Outcome outcome = run();
    end();
    return outcome;
  } catch (...) {
    end();
    throw;
  }
}

IntegrityCheck::Outcome IntegrityCheck::run_by_table() {
  std::vector<std::string> names;
  Outcome outcome = guarded([&] {
    names = tables();
    return std::string();
  });
  for (const std::string& table : names) {
    if (outcome != Outcome::sound) break;
    outcome = guarded([&] { return find_damage_in_pages(table); });
    if (outcome == Outcome::sound) outcome = guarded([&] { return find_damage_in_texts(table); });
  }
  return outcome;
}

void IntegrityCheck::stop() {
  is_stopped_ = true;
  sqlite3_interrupt(connection_.database().getHandle());
}

IntegrityCheck::Outcome IntegrityCheck::guarded(const std::function<std::string()>& find_damage) {
  if (is_stopped_) return Outcome::unfinished;
  try {
    const std::string found = find_damage();
    // An interrupted check reports the pages that it did not reach as damaged.
    if (is_stopped_) return Outcome::unfinished;
    if (found.empty()) return Outcome::sound;
    damage_ = found;
  } catch (const SQLite::Exception& failure) {
    if (is_stopped_) return Outcome::unfinished;
    if (!is_damage(failure)) throw;
    damage_ = failure.what();
  }
  return Outcome::damaged;
}

std::vector<std::string> IntegrityCheck::tables() {
  std::vector<std::string> names;
  SQLite::Statement rows(connection_.database(),
                         "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0");
  while (rows.executeStep()) names.push_back(rows.getColumn(0).getString());
  return names;
}

std::string IntegrityCheck::find_damage_in_pages(const std::string& table) {
  const std::string of_table = table.empty() ? "" : "('" + doubled(table, '\'') + "')";
  SQLite::Statement row(connection_.database(), "PRAGMA integrity_check" + of_table);
  std::string found = row.executeStep() ? row.getColumn(0).getString() : "no answer";
  if (found == "ok") return "";
  // SQLite lists all faults of a tree after a heading, one per line.
  if (found.starts_with("***")) found.erase(0, std::min(found.find('\n'), found.size() - 1) + 1);
  return found.substr(0, found.find('\n'));
}

std::string IntegrityCheck::find_damage_in_texts(const std::string& table) {
  auto& database = connection_.database();
  std::string condition;
  SQLite::Statement columns(database, "SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT'");
  columns.bind(1, table);
  while (columns.executeStep()) {
    condition += (condition.empty() ? "instr(\"" : " OR instr(\"") +
                 doubled(columns.getColumn(0).getString(), '"') + "\", char(0))";
  }
  if (condition.empty()) return "";
  SQLite::Statement row(
      database, "SELECT 1 FROM \"" + doubled(table, '"') + "\" WHERE " + condition + " LIMIT 1");
  return row.executeStep() ? "zeroes in a text of " + table : "";
}

}  // namespace hss::storage
