// `/metrics` as a monitoring system sees it.
#include <httplib.h>

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "api/api_fixture.h"
#include "commands/process.h"
#include "support.h"

using namespace hss::test;

namespace {

const std::string everybody = "metrics are at http://127.0.0.1:";

/// The port of the separate metrics address.
int metrics_port(Process& hss) {
  const std::string log = hss.wait_for_log("without a sign-in");
  return std::stoi(log.substr(log.find(everybody) + everybody.size()));
}

}  // namespace

TEST_CASE("what was answered, written and connected is told to an administrator") {
  TempFolder folder;
  Process hss(folder, {"--db", folder.file("hss.db"), "--port", "0"});
  httplib::Client client("127.0.0.1", hss.port());
  // Uses one connection, as a closed one counts until the server has noticed.
  client.set_keep_alive(true);
  client.Post("/api/v1/bookings", booking_body().dump(), "application/json");
  client.Post("/api/v1/bookings", "{}", "application/json");
  client.Get("/api/v1/bookings/HSS-0000000000");
  client.Get("/no/such/page");

  const httplib::Headers admin{{"X-HSS-Role", "admin"}};
  CHECK(client.Get("/metrics")->status == 403);
  const auto answer = client.Get("/metrics", admin);
  CHECK(answer->status == 200);
  CHECK(answer->get_header_value("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
  const auto tells = [text = answer->body](const std::string& line) {
    INFO(line);
    CHECK(("\n" + text).find("\n" + line) != std::string::npos);
  };
  tells(R"(hss_http_requests_total{method="POST",route="/api/v1/bookings",status="201"} 1)");
  tells(R"(hss_http_requests_total{method="POST",route="/api/v1/bookings",status="400"} 1)");
  tells(R"(hss_http_requests_total{method="GET",route="/api/v1/bookings/:id",status="404"} 1)");
  tells(R"(hss_http_request_duration_seconds_count{method="POST",route="/api/v1/bookings"} 2)");
  tells(R"(hss_writer_batch_units_bucket{le="1"} )");
  tells("hss_writer_queue 0\n");
  tells("hss_connections 1\n");
  tells("hss_event_streams 0\n");
  tells(R"(hss_database_bytes{file="main"} )");
  tells("process_resident_memory_bytes ");
  // Names that a client makes up must not become labels.
  CHECK(answer->body.find("/no/such/page") == std::string::npos);
}

TEST_CASE("at an address of their own the figures are for anyone, and nothing else is there") {
  TempFolder folder;
  Process hss(folder, {"--db", folder.file("hss.db"), "--port", "0", "--auth", "accounts",
                       "--metrics-address", "127.0.0.1:0"});
  httplib::Client client("127.0.0.1", metrics_port(hss));
  const auto answer = client.Get("/metrics");
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->body.find("hss_build_info") != std::string::npos);
  for (const char* path : {"/", "/health", "/api/v1/catalog", "/api/v1/admin/overview"}) {
    INFO(path);
    CHECK(client.Get(path, {{"X-HSS-Role", "admin"}})->status == 404);
  }
  CHECK(hss.end(SIGTERM).exit_code == 0);
}

TEST_CASE("an address for the figures that is none, or is taken, ends the start with a sentence") {
  TempFolder folder;
  for (const char* address : {"9081", "127.0.0.1:", ":9081", "127.0.0.1:65536", "127.0.0.1:x"}) {
    INFO(address);
    const Outcome outcome = run(folder, {"serve", "--metrics-address", address});
    CHECK(outcome.exit_code == 2);
    CHECK(outcome.error.find("write 127.0.0.1:9081") != std::string::npos);
  }
  Process first(folder, {"--db", ":memory:", "--port", "0"});
  const TempFolder other;
  const Outcome taken = run(other, {"serve", "--db", ":memory:", "--port", "0", "--metrics-address",
                                    "127.0.0.1:" + std::to_string(first.port())});
  CHECK(taken.exit_code == 1);
  CHECK(lines_of(taken.error) <= 2);
}
