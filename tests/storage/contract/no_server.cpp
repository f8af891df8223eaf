#include <catch2/catch_test_macros.hpp>
#include <stdexcept>

#include "storage/contract/server.h"

namespace hss::test {

storage::Place place_on_server(const std::string&) {
  throw std::runtime_error("this build knows no database server");
}

std::unique_ptr<domain::Store> open_on_server(const std::string& name) {
  place_on_server(name);
  return nullptr;
}

void run_on_server(const std::string& name, const std::string&) {
  place_on_server(name);
}

void require_server() {
  SKIP("instances share a database server, and this build knows none");
}

}  // namespace hss::test
