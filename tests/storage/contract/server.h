#pragma once

#include <memory>
#include <string>

#include "domain/store.h"
#include "storage/open_store.h"

namespace hss::test {

/// A database of its own, on the server that tests/servers/run has started; `name` tells the
/// databases apart.
storage::Place place_on_server(const std::string& name);

/// The store there. Opened again with a name, it has the same data.
std::unique_ptr<domain::Store> open_on_server(const std::string& name);

/// Runs SQL there as the tables' owner, as somebody could who is no instance of HSS.
void run_on_server(const std::string& name, const std::string& sql);

/// Skips the rest of the test case, with the reason, where there is no server for several instances
/// of HSS to share.
void require_server();

}  // namespace hss::test
