#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "storage/sqlite/connection.h"

namespace hss::storage {

/// Checks a whole database for damage, on a separate connection: runs SQLite's own check, and finds
/// texts with zero bytes, which HSS never stores and a lost block leaves. Only one thread may use
/// it, except for stop().
class IntegrityCheck {
 public:
  enum class Outcome { sound, damaged, unfinished };

  /// Throws SQLite::Exception if the file cannot be opened.
  explicit IntegrityCheck(const std::string& path, SqliteConnection::Mode mode);

  /// Checks everything on one view. Throws SQLite::Exception if the database cannot be read but is
  /// not damaged.
  Outcome run();
  /// Does the same, and stops after `time`.
  Outcome run_for(std::chrono::milliseconds time);
  /// Checks one table after the other, each on a separate view, so that no log grows behind a long
  /// reader.
  Outcome run_by_table();

  /// Ends the present run and all later ones as unfinished. May be called from any thread.
  void stop();

  /// The first fault in SQLite's words, only for the log; empty if the database is sound.
  const std::string& damage() const { return damage_; }

 private:
  std::vector<std::string> tables();
  Outcome guarded(const std::function<std::string()>& find_damage);
  std::string find_damage_in_pages(const std::string& table);
  std::string find_damage_in_texts(const std::string& table);

  SqliteConnection connection_;
  std::atomic<bool> is_stopped_ = false;
  std::string damage_;
};

}  // namespace hss::storage
