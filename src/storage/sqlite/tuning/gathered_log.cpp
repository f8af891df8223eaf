#include "storage/sqlite/tuning/gathered_log.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <new>

namespace hss::storage {
namespace {

/// The log as SQLite sees it, in memory that SQLite provides; the system's file comes right after
/// it.
struct Log : sqlite3_file {
  /// Some fifteen pages. SQLite's file cannot write more than 128 KiB at once.
  static constexpr sqlite3_int64 capacity = 64 * 1024;

  std::unique_ptr<char[]> gathered{new char[capacity]};
  sqlite3_int64 begin = 0;  ///< where in the file the gathered bytes belong
  sqlite3_int64 size = 0;

  sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(this + 1); }

  int flush() {
    if (size == 0) return SQLITE_OK;
    // If the write fails, the commit fails, and its bytes must not be written later.
    const auto bytes = static_cast<int>(size);
    size = 0;
    return file()->pMethods->xWrite(file(), gathered.get(), bytes, begin);
  }

  int write(const void* bytes, int count, sqlite3_int64 at) {
    const bool follows = size > 0 && at >= begin && at <= begin + size;
    if (!follows || at + count > begin + capacity) {
      if (const int failure = flush(); failure != SQLITE_OK) return failure;
      if (count > capacity) return file()->pMethods->xWrite(file(), bytes, count, at);
      begin = at;
    }
    std::memcpy(gathered.get() + (at - begin), bytes, static_cast<std::size_t>(count));
    size = std::max(size, at - begin + count);
    return SQLITE_OK;
  }
};

Log& log_of(sqlite3_file* file) {
  return *static_cast<Log*>(file);
}

template <auto Method, class... Arguments>
int pass_on(sqlite3_file* file, Arguments... arguments) {
  sqlite3_file* const its_file = log_of(file).file();
  return (its_file->pMethods->*Method)(its_file, arguments...);
}

template <auto Method, class... Arguments>
int flush_and_pass_on(sqlite3_file* file, Arguments... arguments) {
  const int failure = log_of(file).flush();
  return failure == SQLITE_OK ? pass_on<Method>(file, arguments...) : failure;
}

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 at) {
  return log_of(file).write(bytes, count, at);
}

int close(sqlite3_file* file) {
  Log& log = log_of(file);
  const int flushed = log.flush();
  const int closed = log.file()->pMethods->xClose(log.file());
  log.~Log();
  return flushed == SQLITE_OK ? closed : flushed;
}

const sqlite3_io_methods log_methods{
    .iVersion = 1,
    .xClose = close,
    .xRead = flush_and_pass_on<&sqlite3_io_methods::xRead>,
    .xWrite = write,
    .xTruncate = flush_and_pass_on<&sqlite3_io_methods::xTruncate>,
    .xSync = flush_and_pass_on<&sqlite3_io_methods::xSync>,
    .xFileSize = flush_and_pass_on<&sqlite3_io_methods::xFileSize>,
    .xLock = pass_on<&sqlite3_io_methods::xLock>,
    .xUnlock = pass_on<&sqlite3_io_methods::xUnlock>,
    .xCheckReservedLock = pass_on<&sqlite3_io_methods::xCheckReservedLock>,
    .xFileControl = pass_on<&sqlite3_io_methods::xFileControl>,
    .xSectorSize = pass_on<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = pass_on<&sqlite3_io_methods::xDeviceCharacteristics>,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
  sqlite3_vfs* const system = sqlite3_vfs_find(nullptr);
  if ((flags & SQLITE_OPEN_WAL) == 0) return system->xOpen(system, name, file, flags, flags_out);
  file->pMethods = nullptr;
  Log* log = nullptr;
  try {
    log = new (file) Log;
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
  const int opened = system->xOpen(system, name, log->file(), flags, flags_out);
  if (opened == SQLITE_OK) {
    log->pMethods = &log_methods;
    return SQLITE_OK;
  }
  if (log->file()->pMethods != nullptr) log->file()->pMethods->xClose(log->file());
  log->~Log();
  return opened;
}

}  // namespace

const char* gathered_log_vfs() {
  static sqlite3_vfs vfs = [] {
    sqlite3_vfs copy = *sqlite3_vfs_find(nullptr);
    copy.szOsFile += static_cast<int>(sizeof(Log));
    copy.pNext = nullptr;
    copy.zName = "gathered-log";
    copy.xOpen = open;
    return copy;
  }();
  static const int registered = sqlite3_vfs_register(&vfs, 0);
  return registered == SQLITE_OK ? vfs.zName : nullptr;
}

}  // namespace hss::storage
