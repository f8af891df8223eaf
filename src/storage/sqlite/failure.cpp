#include "storage/sqlite/failure.h"

#include <sqlite3.h>

namespace hss::storage {

Damaged::Damaged()
    : Error(domain::ErrorCode::unavailable,
            "The database file is damaged; stop HSS and restore a backup with `hss restore FILE`") {
}

bool is_damage(const SQLite::Exception& failure) {
  // A length beyond all bounds comes from a damaged row: no request is that large.
  const int code = failure.getErrorCode();
  return code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_TOOBIG ||
         failure.getExtendedErrorCode() == SQLITE_IOERR_CORRUPTFS;
}

domain::Error translate(const SQLite::Exception& failure, const std::string& operation,
                        const Report& report) {
  using domain::ErrorCode;
  if (is_damage(failure)) return Damaged();
  report("database: " + operation + ": " + failure.what() + " (" +
         std::to_string(failure.getExtendedErrorCode()) + ")");
  switch (failure.getExtendedErrorCode()) {
    case SQLITE_IOERR_SHMSIZE:
      return {ErrorCode::unavailable, "The disk is full; nothing was changed"};
    case SQLITE_IOERR_WRITE:
      return {ErrorCode::unavailable, "The database cannot be written; nothing was changed"};
    default:
      break;
  }
  switch (failure.getErrorCode()) {
    case SQLITE_READONLY_DBMOVED:
      return {ErrorCode::unavailable,
              "The database's files were moved, deleted or replaced while HSS ran; put them back,"
              " or stop HSS and restore a backup with `hss restore FILE`; nothing was changed"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::unavailable, "The database is in use by another program; try again"};
    case SQLITE_FULL:
      return {ErrorCode::unavailable, "The disk is full; nothing was changed"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {ErrorCode::unavailable, "The database cannot be written; nothing was changed"};
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
      return {ErrorCode::unavailable, "The database cannot be reached; nothing was changed"};
    case SQLITE_CONSTRAINT:
      return {ErrorCode::conflict, "The database's own rules refused the change"};
    default:
      return {ErrorCode::internal, "The database failed"};
  }
}

}  // namespace hss::storage
