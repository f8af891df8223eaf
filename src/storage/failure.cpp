#include "storage/failure.h"

#include <sqlite3.h>

namespace hss::storage {

domain::Error translate(const SQLite::Exception& failure, const std::string& operation,
                        const Report& report) {
  using domain::ErrorCode;
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
              " or stop HSS and restore a backup; nothing was changed"};
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
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorCode::unavailable, "The database file is damaged; restore a backup"};
    case SQLITE_CONSTRAINT:
      return {ErrorCode::conflict, "The database's own rules refused the change"};
    default:
      return {ErrorCode::internal, "The database failed"};
  }
}

}  // namespace hss::storage
