#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "config/config.h"
#include "config/options.h"
#include "config/secret_lookup.h"
#include "domain/error.h"

namespace hss {

/// Runs a check that throws domain::Error for a value of `option`, and prefixes the sentence with
/// its name.
template <class Check>
auto checked(const std::string& option, const Check& check) {
  try {
    return check();
  } catch (const domain::Error& error) {
    throw CLI::ValidationError(option, error.what());
  }
}

/// Throws CLI::ValidationError for a name that SQLite takes for something other than a file, or
/// that would make a folder of an address.
void require_file_name(const std::string& option, const std::string& path);

/// Fills in what follows from the given options and checks that all of it fits together, before
/// anything opens. Throws CLI::ValidationError with a sentence that names the option.
void check(Config& config, GivenOptions& given, SecretLookup& secrets);

}  // namespace hss
