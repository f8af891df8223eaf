#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

TEST_CASE("the audit trail is filtered by booking and by type, newest first") {
  Backend backend(each_engine());
  const std::string id = backend.create().id;
  backend.create();
  backend.step(id, Status::approved);
  const auto types = [&](const AuditFilter& filter) {
    std::vector<std::string> found;
    for (const auto& event :
         backend.store.read([&](Reader& reader) { return reader.audit().list(filter, {}); }).rows) {
      found.push_back(event.type);
    }
    return found;
  };
  using Types = std::vector<std::string>;
  CHECK(types({}) == Types{"status_updated", "booking_submitted", "booking_submitted"});
  CHECK(types({.booking_id = id}) == Types{"status_updated", "booking_submitted"});
  CHECK(types({.event_type = "status_updated"}) == Types{"status_updated"});
  CHECK(types({.booking_id = id, .event_type = "booking_submitted"}) == Types{"booking_submitted"});
  CHECK(types({.booking_id = "HSS-"}).empty());
}
