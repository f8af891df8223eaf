#pragma once

#include <CLI/CLI.hpp>

#include "config/config.h"
#include "config/secret_lookup.h"

namespace hss {

/// Reads DB_ENGINE and the other DB_* variables, which say that the data are on a database server,
/// and looks up those that say where a secret lies.
/// Takes the client libraries' own variables out of the environment, so it is called before the
/// process starts a thread. `is_file_named`: the options name a database file. Throws
/// CLI::ValidationError with a sentence that names the variable.
void read_database(Config& config, bool is_file_named, SecretLookup& secrets);

/// The same for the two places of the command copy.
void read_copy(CopyWords& words, SecretLookup& secrets);

}  // namespace hss
