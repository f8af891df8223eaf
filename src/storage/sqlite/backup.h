#pragma once

#include <SQLiteCpp/Database.h>

#include <stop_token>
#include <string>

#include "storage/sqlite/failure.h"

namespace hss::storage {

/// The secrets of a database, with which others could sign in or sign as us: the keys and sessions
/// of tokens, links and trusted devices; and webhooks with their logs, as their secrets sign and
/// are shown only once.
enum class Secrets { kept, left_out };

/// Copies the database at `from` to the new file `to`, safe while a server writes: the state of one
/// moment, in one file, and checked. The file appears under its name only once it is on disk, and
/// never replaces another. Throws Error{conflict} if `to` exists or cannot name a file, Damaged if
/// the database is damaged, and Error{unavailable} if the copy cannot be written or `stop` is
/// requested; then nothing is left behind.
///
/// A backup for storage leaves out the secrets and all deleted rows that are still in the file, so
/// that after a restore everybody signs in again and webhooks are added again; `from` then has
/// today's version. A copy before a migration keeps everything: it stays beside its file, replaces
/// it if the migration goes wrong, and may be of an older version. Returns the number of webhooks
/// that were left out. A broken audit trail is reported to `report`, and copied.
int back_up(const std::string& from, const std::string& to, Secrets secrets, const Report& report,
            const std::stop_token& stop = {});

/// Copies all pages of the database at `from`, as of one moment, to a new file. Throws
/// SQLite::Exception, and Error{unavailable} if `stop` is requested.
void copy_pages(const std::string& from, const std::string& to, const std::stop_token& stop);

/// Checks all of a copy. Throws Damaged, and names `of`, the original, in the log; throws
/// Error{unavailable} if `stop` is requested.
void require_sound(const std::string& copy, const std::string& of, const std::stop_token& stop,
                   const Report& report);

}  // namespace hss::storage
