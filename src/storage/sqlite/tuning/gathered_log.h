#pragma once

namespace hss::storage {

/// The name of SQLite's own way to the files, but for the write-ahead log: what is written to that
/// one after another goes to the system in few calls, and not in two for each page, which took an
/// eighth of the writer's time. It goes there before each sync and before anything else is asked of
/// the log.
///
/// Only for connections that write to the log in commits alone, and sync each (`PRAGMA synchronous
/// = FULL; PRAGMA cache_spill = OFF`): nobody sees a commit before its sync, and nothing remains
/// gathered behind one, or behind one that failed, to be written over what another program
/// committed. Thread-safe.
const char* gathered_log_vfs();

}  // namespace hss::storage
