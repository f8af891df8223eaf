// Event streams at one instance, of what happens at another.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "api/events/listener.h"
#include "instances/instances.h"

using namespace hss::test;
using hss::domain::Role;

namespace {

const std::string events = "/api/v1/events";

}  // namespace

TEST_CASE("a stream at one instance hears of what is done at another, once and in order") {
  require_server();
  InstancesApi instances;
  const std::string token = instances.here.sign_in(Role::staff);
  const auto received = listen(instances.there.get(events, token));
  std::string last;
  for (int i = 0; i < 20; ++i) {
    last = (i % 2 == 0 ? instances.here : instances.there).booking(token);
  }
  CHECK(received->receives(last));
  const auto ids = received->ids();
  CHECK(ids.size() == 20);
  CHECK(std::is_sorted(ids.begin(), ids.end()));
}

TEST_CASE("a session that ends at one instance ends its streams at another") {
  require_server();
  InstancesApi instances;
  const std::string token = instances.here.sign_in(Role::staff);
  const auto received = listen(instances.there.get(events, token));
  const std::string id = instances.here.booking(token);
  CHECK(received->receives(id));
  CHECK(instances.here.post("/api/v1/auth/logout", Json::object(), token).status == 200);
  CHECK(received->is_closed());
}

TEST_CASE("an answer that one instance keeps is not given once another has changed the data") {
  require_server();
  InstancesApi instances;
  const std::string token = instances.here.sign_in(Role::staff);
  const auto list = [&](const AccountsApi& api, const std::string& etag) {
    return api.send("GET", "/api/v1/staff/queue", token, "",
                    {{"If-None-Match", etag}, {"Accept-Encoding", "gzip"}});
  };
  instances.here.booking(token);
  const std::string etag = header_of(list(instances.there, ""), "ETag");
  // Either instance knows the other's tags, as a balancer mixes them.
  CHECK(list(instances.there, etag).status == 304);
  CHECK(list(instances.here, etag).status == 304);
  const std::string id = instances.here.booking(token);
  const auto fresh = list(instances.there, etag);
  CHECK(fresh.status == 200);
  CHECK(header_of(fresh, "ETag") != etag);
  CHECK(instances.there.get("/api/v1/staff/queue", token).body.find(id) != std::string::npos);
}
