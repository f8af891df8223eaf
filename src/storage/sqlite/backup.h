#pragma once

#include <SQLiteCpp/Database.h>

#include <stop_token>
#include <string>

#include "storage/sqlite/failure.h"

namespace hss::storage {

/// What of a database would let its bearer in, or speak as us: the keys and sessions of tokens,
/// links and device marks; webhooks with their logs, as their secrets sign and are given out once.
enum class Secrets { kept, left_out };

/// Copies the database at `from` to the new file `to`, safe while a server writes: one moment's
/// state, whole in one file, and checked. It appears under its name only once it is on disk, and
/// never in the place of another file. Throws Error{conflict} where `to` exists or names no file,
/// Damaged where the database is, and Error{unavailable} where the copy cannot be written or `stop`
/// is requested; then nothing is left behind.
///
/// A copy to be put away leaves the secrets out, and whatever else was deleted and still lies in
/// the file, so that everybody signs in again after it is restored, and webhooks are added again;
/// `from` is of today's version then. One that is made before a step keeps all: it lies beside the
/// file that has it, takes its place where the step went wrong, and may be older. Gives how many
/// webhooks were left out. An audit trail that does not hold is told to `report`, and copied.
int back_up(const std::string& from, const std::string& to, Secrets secrets, const Report& report,
            const std::stop_token& stop = {});

/// All pages of the database at `from`, as they stand at one moment, to a new file. Throws
/// SQLite::Exception, Error{unavailable} where `stop` is requested.
void copy_pages(const std::string& from, const std::string& to, const std::stop_token& stop);

/// Looks through all of a copy. Throws Damaged, with what it is a copy of for the log, and
/// Error{unavailable} where `stop` is requested.
void require_sound(const std::string& copy, const std::string& of, const std::stop_token& stop,
                   const Report& report);

}  // namespace hss::storage
