#pragma once

#include <span>
#include <string>

#include "storage/sqlite/failure.h"

namespace hss::storage {

class Connection;
class SqliteConnection;

/// Changes a file from version `to - 1` to version `to`.
struct Migration {
  int to = 0;
  const char* sql = nullptr;
  /// Runs after the SQL, in its transaction, for changes that SQL cannot express. It changes only
  /// data, not the schema.
  void (*then)(Connection&) = nullptr;
};

/// The versions that a program knows: the SQL of the newest one, and the migrations that lead to
/// it.
struct Schema {
  int version = 0;            ///< kept in PRAGMA user_version
  const char* sql = nullptr;  ///< creates `version` in an empty file
  std::span<const Migration> migrations;
  const char* first = nullptr;  ///< creates version 1, if that is known
};

/// "HSS1", in PRAGMA application_id: identifies the files of HSS.
inline constexpr int application_id = 0x48535331;

/// schema.sql and its migrations.
const Schema& hss_schema();

/// Makes the file at `path` (not `:memory:`) one of `schema.version`: creates a missing or empty
/// one, and migrates an older one, each migration in a separate transaction with its number. Before
/// that it copies the file to `<path>.v<old>.backup` (and a number, if a different one exists), and
/// removes the copy if no migration was done. If somebody changed the tables so that the migrations
/// fail, it rejects the file before the copy. Throws Error{unavailable}, with a sentence that says
/// what to do, and changes nothing if the file is no database, belongs to another program or a
/// newer HSS, or lies beside the log of another file, or if its folder cannot be created or
/// written.
///
/// First checks a file that ended uncleanly, for some 200 ms, before its log becomes part of it,
/// and rejects it if it is damaged. Returns true if that time was too short to check all of it.
bool migrate(const std::string& path, const Schema& schema, const Report& report);

/// Does the same on an open, empty connection.
void build(SqliteConnection& connection, const Schema& schema);

/// Throws as migrate() unless there is an HSS database of `schema.version` at `path`: for commands
/// that only read.
void require_current(const std::string& path, const Schema& schema, const Report& report);

/// Where `hss copy` moved the data of the file at `path`; empty if it did not, or if the file
/// cannot be read.
std::string place_moved_to(const std::string& path);

}  // namespace hss::storage
