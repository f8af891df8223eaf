#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <unordered_map>

#include "storage/sql/connection.h"

namespace hss::storage {

/// A connection to a database file, configured for HSS. Throws SQLite::Exception (failure.h
/// translates it), ConstraintViolation and DamagedValue.
class SqliteConnection final : public Connection {
 public:
  enum class Mode {
    read_only,
    look,        ///< to read for the time of one command, and leave nothing beside the file
    read_write,  ///< for a transaction of any size, such as a migration
    batches      ///< for many small ones, as the Writer's
  };

  SqliteConnection(const std::string& path, Mode mode);
  ~SqliteConnection() override;

  SQLite::Database& database() { return database_; }

  /// True if a transaction is open; SQLite itself ends one on some failures.
  bool in_transaction() const;

  Statement& statement(const char* sql) override;
  void flush() override {}
  std::uint64_t changes() const override;
  std::int64_t rows_at_once() const override { return std::numeric_limits<std::int64_t>::max(); }
  bool has_triggers() const override { return true; }
  bool may_hide_rows() const override { return true; }
  const SearchIndex& search_index() const override;

 private:
  class Kept;

  SQLite::Database database_;
  std::unordered_map<const void*, std::unique_ptr<Kept>> statements_;
};

}  // namespace hss::storage
