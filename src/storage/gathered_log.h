#pragma once

namespace hss::storage {

/// The name of SQLite's own way to the files, but for the write-ahead log: what is written to that
/// one after another goes to the system in one call, and not in two for each page, which took an
/// eighth of the writer's time. It goes there before each sync and before anything else is asked of
/// the log; until its sync, a commit is nobody's to see.
///
/// So only connections may use it that sync at every commit (`PRAGMA synchronous = FULL`).
/// Thread-safe.
const char* gathered_log_vfs();

}  // namespace hss::storage
