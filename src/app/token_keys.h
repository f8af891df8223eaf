#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "domain/clock.h"
#include "domain/store.h"

namespace hss::app {

/// The keys that sign tokens, the newest first: the configuration's, else the database's, where a
/// first one is created if there is none.
std::vector<std::string> token_keys(const Config& config, domain::Store& store,
                                    domain::Instant now);

/// Those of the database, the newest first.
std::vector<std::string> list_token_keys(domain::Reader& reader, domain::Instant now);

/// Adds a new random key. Earlier ones verify for as long as a token can last.
void add_token_key(domain::Tx& tx, domain::Instant now);

}  // namespace hss::app
