#pragma once

#include <string>

#include "storage/failure.h"

namespace hss::storage {

/// What of a database would let its bearer in, or speak as us: the keys and sessions of tokens,
/// links and device marks; webhooks with their logs, as their secrets sign and are given out once.
enum class Secrets { kept, left_out };

/// Copies the database at `from` to the new file `to` with SQLite's online backup: safe while a
/// server writes, and what it holds is one moment's state. The copy appears under its name only
/// once it is whole and on disk. Throws Error{conflict} where `to` exists, Error{unavailable} where
/// it cannot be written; then nothing is left behind.
/// A copy to be put away leaves the secrets out, so that everybody signs in again after it is
/// restored, and webhooks are added again; `from` is of today's version then. One that is made
/// before a step keeps them: it lies beside the file that has them, takes its place where the step
/// went wrong, and may be older. Gives how many webhooks were left out.
int back_up(const std::string& from, const std::string& to, Secrets secrets, const Report& report);

}  // namespace hss::storage
