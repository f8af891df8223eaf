#pragma once

#include "config/config.h"
#include "config/options.h"

namespace hss {

/// Fills in where photos and documents are: in a bucket, in a folder, or beside the database.
/// Throws CLI::ValidationError with a sentence that names the option.
void check_uploads(Config& config, const GivenOptions& given);

}  // namespace hss
