#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "storage/sqlite/connection.h"

namespace hss::storage {

/// Looks through a whole database for damage, on a connection of its own: what SQLite's own check
/// finds, and texts with zeroes in them, which HSS stores none and a lost block leaves. Used by one
/// thread, but for stop().
class IntegrityCheck {
 public:
  enum class Outcome { sound, damaged, unfinished };

  /// Throws SQLite::Exception where the file cannot be opened.
  explicit IntegrityCheck(const std::string& path, Connection::Mode mode);

  /// One view of everything. Throws SQLite::Exception where it cannot be read, but is not damaged.
  Outcome run();
  /// The same for at most so long.
  Outcome run_for(std::chrono::milliseconds time);
  /// A table after another, each on a view of its own, so that no log grows behind a long reader.
  Outcome run_by_table();

  /// Ends what runs, and whatever would run later, as unfinished. Called from any thread.
  void stop();

  /// The first fault in SQLite's words, for the log alone; empty where it is sound.
  const std::string& damage() const { return damage_; }

 private:
  std::vector<std::string> tables();
  Outcome guarded(const std::function<std::string()>& find_damage);
  std::string find_damage_in_pages(const std::string& table);
  std::string find_damage_in_texts(const std::string& table);

  Connection connection_;
  std::atomic<bool> is_stopped_ = false;
  std::string damage_;
};

}  // namespace hss::storage
