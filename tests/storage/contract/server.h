#pragma once

#include <memory>
#include <string>

#include "domain/store.h"

namespace hss::test {

/// A store in a database of its own, on the server that tests/servers/run has started; `name` tells
/// the databases apart. Opened again with a name, it has the same data.
std::unique_ptr<domain::Store> open_on_server(const std::string& name);

}  // namespace hss::test
