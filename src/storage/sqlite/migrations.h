#pragma once

#include <span>
#include <string>

#include "storage/sqlite/failure.h"

namespace hss::storage {

class Connection;

/// Takes a file from version `to - 1` to version `to`.
struct Migration {
  int to = 0;
  const char* sql = nullptr;
  /// What SQL cannot say, behind it and in its transaction. It changes data alone, not the schema.
  void (*then)(Connection&) = nullptr;
};

/// The versions that a program knows: the newest one whole, and the steps that lead to it.
struct Schema {
  int version = 0;            ///< kept in PRAGMA user_version
  const char* sql = nullptr;  ///< builds `version` in an empty file
  std::span<const Migration> migrations;
  const char* first = nullptr;  ///< builds version 1, where it is known
};

/// "HSS1", in PRAGMA application_id: tells our files from those of other programs.
inline constexpr int application_id = 0x48535331;

/// schema.sql and its steps.
const Schema& hss_schema();

/// Makes the file at `path` (not `:memory:`) one of `schema.version`: builds it where there is none
/// or an empty one, brings an older one up, each step in a transaction of its own with its number,
/// after a copy of it was put beside it as `<path>.v<old>.backup` (and a number, where that
/// exists and is another). A file whose tables somebody changed, so that the steps do not fit, is
/// refused before it is copied, and a copy goes again where no step was done. Throws
/// Error{unavailable}, with a sentence that says what to do, and changes nothing: for a file that
/// is no database, is another program's or a newer HSS's, lies beside the log of another one, or
/// whose folder cannot be made or written.
///
/// A file that has ended uncleanly is looked through for some 200 ms first, before its log becomes
/// part of it, and refused where it is damaged. Gives whether that time was too short for all of
/// it.
bool migrate(const std::string& path, const Schema& schema, const Report& report);

/// The same for an open, empty connection.
void build(Connection& connection, const Schema& schema);

/// Throws as migrate() unless there is an HSS database of `schema.version` at `path`: for commands
/// that only look.
void require_current(const std::string& path, const Schema& schema, const Report& report);

}  // namespace hss::storage
