// How a server says where it is, and what its devices have to trust.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "api/api_fixture.h"
#include "api/site/local_network.h"

using namespace hss;
using namespace hss::test;

TEST_CASE("anyone gets the authority that devices have to trust, and its certificate as a file") {
  const Api api;
  const auto response = api.get("/api/v1/authority");
  CHECK(response.status == 200);
  CHECK(header_of(response, "Cache-Control") == "no-store");
  CHECK(body_of(response)["authority"] == Json({{"name", "HSS on desk.local (3f2a9c)"},
                                                {"sha256_fingerprint", "AB:CD"},
                                                {"certificate_end", "2026-11-22T08:00:00.000Z"}}));

  const auto file = api.get("/api/v1/authority.crt");
  CHECK(file.status == 200);
  CHECK(file.content() == "-----BEGIN CERTIFICATE-----\n");
  CHECK(header_of(file, "Content-Type") == "application/x-x509-ca-cert");
  CHECK(header_of(file, "Content-Disposition") == "inline; filename=\"authority.crt\"");
}

TEST_CASE("an administrator gets the server's addresses in the local network") {
  const Api api;
  CHECK(body_of(api.get("/api/v1/admin/addresses", "admin"))["addresses"] ==
        Json::array({"https://desk.local:8081/"}));
  for (const char* role : {"staff", "customer"}) {
    INFO(role);
    CHECK(api.get("/api/v1/admin/addresses", role).status == 403);
  }
}

TEST_CASE("a program that does not listen itself has no addresses and no authority") {
  TestClock clock;
  app::Program program(in_memory(), test_environment(
                                        clock, [](const std::string&) {}, seeded_random()));
  const api::Router router = program.make_router();
  const auto get = [&router](const std::string& target) {
    api::Request request;
    request.method = "GET";
    request.target = target;
    request.headers = {{"X-HSS-Role", "admin"}};
    return router.handle(request);
  };
  CHECK(body_of(get("/api/v1/authority"))["authority"].is_null());
  CHECK(code_of(get("/api/v1/authority.crt")) == "not_found");
  CHECK(body_of(get("/api/v1/admin/addresses"))["addresses"].empty());
}
