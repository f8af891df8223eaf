#pragma once

namespace hss::storage {

/// The name of a VFS that is SQLite's own except for the write-ahead log: consecutive writes to the
/// log reach the system in few calls, and not in two for each page, which took an eighth of the
/// writer's time. They are flushed before each sync and before any other operation on the log.
///
/// Only for connections that write to the log in commits alone, and sync each (`PRAGMA synchronous
/// = FULL; PRAGMA cache_spill = OFF`): nobody sees a commit before its sync, and no bytes stay
/// gathered after a commit, not even a failed one, to overwrite the commit of another program.
/// Thread-safe.
const char* gathered_log_vfs();

}  // namespace hss::storage
