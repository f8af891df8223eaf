// On a system with low limits there is a server or a sentence, and never an abort.
#include <httplib.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "api/api_fixture.h"
#include "commands/process.h"
#include "support.h"

using namespace hss::test;

namespace {

/// Runs hss from a shell that sets `limits` first, with data in memory.
std::vector<std::string> under(const std::string& limits) {
  return {"-c", limits + " && exec \"$0\" --db :memory: --port 0 --no-open", executable()};
}

/// Returns its port, or 0 if it ended, after checking that it printed one sentence.
int port_or_sentence(Process& hss) {
  const std::string place = "http://127.0.0.1:";
  while (hss.is_running()) {
    const std::string out = hss.output();
    if (const auto at = out.find(place); at != out.npos && out.find('\n', at) != out.npos) {
      return std::stoi(out.substr(at + place.size()));
    }
    std::this_thread::yield();
  }
  INFO(hss.log());
  CHECK(hss.exit_status() == 1);
  CHECK(hss.log().starts_with("hss: "));
  CHECK(lines_of(hss.log()) == 1);
  CHECK(hss.log().find("ulimit") != std::string::npos);
  return 0;
}

#ifndef HSS_SANITIZED  // their own memory is beyond any limit of memory
/// The server answers as the contract says, and with a sentence if it cannot.
void check_answers(int port) {
  httplib::Client client("127.0.0.1", port);
  client.set_read_timeout(60);
  const auto health = client.Get("/health");
  REQUIRE(health);
  CHECK((health->status == 200 || health->status == 503));
  const auto made = client.Post("/api/v1/bookings", booking_body().dump(), "application/json");
  REQUIRE(made);
  CHECK((made->status == 201 || made->status == 503));
}
#endif

/// Waits until the server has noticed that other clients are gone.
void check_serves(int port) {
  httplib::Client client("127.0.0.1", port);
  client.set_read_timeout(60);
  const auto book = [&] {
    return client.Post("/api/v1/bookings", booking_body().dump(), "application/json");
  };
  auto made = book();
  for (int tries = 1; !made && tries < 100; ++tries) made = book();
  REQUIRE(made);
  CHECK(made->status == 201);
}

}  // namespace

#ifndef HSS_SANITIZED  // their own memory is beyond any such limit
TEST_CASE("with little memory hss serves, or says what there is too little of") {
  TempFolder folder;
  const std::string kilobytes = GENERATE("60000", "90000", "150000", "250000", "400000", "800000");
  INFO(kilobytes);
  Process hss(folder, "/bin/bash", under("ulimit -v " + kilobytes));
  const int port = port_or_sentence(hss);
  if (port == 0) return;
  check_answers(port);
  if (kilobytes == "400000") check_serves(port);
  // Sends sixty-four requests at once, each with a body that takes memory.
  std::vector<std::thread> clients;
  const std::string body(512 * 1024, ' ');
  for (int i = 0; i < 64; ++i) {
    clients.emplace_back([&] {
      httplib::Client client("127.0.0.1", port);
      client.set_read_timeout(60);
      client.Post("/api/v1/bookings", body, "application/json");
    });
  }
  for (std::thread& client : clients) client.join();
  CHECK(hss.is_running());
  check_answers(port);
  CHECK(hss.end(SIGTERM).exit_code == 0);
}
#endif

TEST_CASE(
    "with few open files hss serves as many connections as fit, or says that they are too few") {
  TempFolder folder;
  const std::string files = GENERATE("12", "40", "90", "130", "300");
  INFO(files);
  Process hss(folder, "/bin/bash", under("ulimit -n " + files));
  const int port = port_or_sentence(hss);
  if (port == 0) return;
  {
    std::vector<std::unique_ptr<httplib::Client>> held;
    for (int i = 0; i < 400; ++i) {
      held.push_back(std::make_unique<httplib::Client>("127.0.0.1", port));
      held.back()->set_keep_alive(true);
      held.back()->set_read_timeout(10);
      held.back()->Get("/health");
    }
  }
  check_serves(port);
  CHECK(hss.end(SIGTERM).exit_code == 0);
}

TEST_CASE("with few threads hss serves with fewer workers, or says that there are too few") {
  if (::geteuid() != 0) SKIP("only root can become a user who has no other processes");
  TempFolder folder;
  // That user can read it, too.
  const std::string program = folder.file("hss");
  std::filesystem::copy_file(executable(), program);
  std::filesystem::permissions(program, std::filesystem::perms(0755));
  std::filesystem::permissions(folder.file(""), std::filesystem::perms(0711));
  const std::string user = std::to_string(700'000 + ::getpid());
  const std::string threads = GENERATE("4", "12", "20", "30", "52", "70");
  INFO(threads);
  Process hss(folder, "/bin/bash",
              {"-c",
               "ulimit -u " + threads + " && exec setpriv --reuid " + user +
                   " --regid 65534 --clear-groups \"$0\" --db :memory: --port 0 --no-open",
               program});
  const int port = port_or_sentence(hss);
  if (port == 0) return;
  check_serves(port);
  // Each client takes a worker, or waits for one.
  std::vector<std::thread> clients;
  for (int i = 0; i < 80; ++i) {
    clients.emplace_back([&] {
      httplib::Client client("127.0.0.1", port);
      client.set_read_timeout(60);
      client.Post("/api/v1/admin/webhooks", {{"X-HSS-Role", "admin"}},
                  R"({"url":"https://hooks.invalid/"})", "application/json");
    });
  }
  for (std::thread& client : clients) client.join();
  check_serves(port);
  CHECK(hss.end(SIGTERM).exit_code == 0);
}
