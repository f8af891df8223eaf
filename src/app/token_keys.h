#pragma once

#include <string>
#include <vector>

#include "config/config.h"
#include "domain/clock.h"
#include "domain/store.h"

namespace hss::app {

/// The keys that tokens are signed with, the newest first: the configuration's, else the
/// database's, where the first one is made on the way.
std::vector<std::string> token_keys(const Config& config, domain::Store& store,
                                    domain::Instant now);

/// Adds a new one, made at random. Those before it verify for as long as a token can last.
void add_token_key(domain::Tx& tx, domain::Instant now);

}  // namespace hss::app
