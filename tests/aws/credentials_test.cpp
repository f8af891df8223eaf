// The sources of credentials, their order, and what happens when a source is down.
#include "aws/credentials.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <future>
#include <map>
#include <utility>

#include "domain/error.h"
#include "outgoing/broken_server.h"
#include "outgoing/local_server.h"
#include "support.h"

using namespace hss;
using namespace hss::aws;
using namespace hss::test;
using namespace std::chrono_literals;

namespace {

using Environment = std::map<std::string, std::string>;

/// A machine with these variables and nothing else.
class Machine {
 public:
  explicit Machine(Environment given = {}) : variables(std::move(given)) {
    variables.try_emplace("HOME", folder.file(""));
    variables.try_emplace("AWS_EC2_METADATA_DISABLED", "true");
  }

  std::string key() { return chain.get().access_key_id; }
  /// The error of a look-up that finds none.
  std::string error() {
    try {
      return "found " + key();
    } catch (const domain::Error& error) {
      return error.what();
    }
  }
  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(folder.file(".aws"));
    write_file(folder.file(name), text);
  }

  TempFolder folder;
  TestClock clock;
  Environment variables;
  CredentialChain chain{[this](const char* name) {
                          const auto found = variables.find(name);
                          return found == variables.end() ? "" : found->second;
                        },
                        clock.clock()};
};

std::string credentials_json(const std::string& key, const std::string& ends) {
  return R"({"Code":"Success","AccessKeyId":")" + key +
         R"(","SecretAccessKey":"hidden","Token":"token","Expiration":")" + ends + R"("})";
}

}  // namespace

TEST_CASE("credentials of the environment come before those of a file") {
  Machine machine(Environment{{"AWS_ACCESS_KEY_ID", "AKIA1"},
                              {"AWS_SECRET_ACCESS_KEY", "hidden"},
                              {"AWS_SESSION_TOKEN", "token"}});
  machine.write(".aws/credentials",
                "[default]\naws_access_key_id=AKIA2\naws_secret_access_key=hidden\n");
  const Credentials found = machine.chain.get();
  CHECK(found.access_key_id == "AKIA1");
  CHECK(found.secret_access_key == "hidden");
  CHECK(found.session_token == "token");

  machine.variables.erase("AWS_SECRET_ACCESS_KEY");
  CHECK(machine.key() == "AKIA2");
}

TEST_CASE("a file's profile is read as AWS's tools write it, and a changed one at once") {
  Machine machine;
  machine.write(
      ".aws/credentials",
      "# mine\n[default]\r\naws_access_key_id = AKIA1\r\naws_secret_access_key = a=b+/\r\n"
      "[ shop ]\naws_access_key_id=AKIA2\n; no\naws_secret_access_key=c\n"
      "aws_session_token=t\n");
  CHECK(machine.key() == "AKIA1");
  CHECK(machine.chain.get().secret_access_key == "a=b+/");
  machine.variables["AWS_PROFILE"] = "shop";
  CHECK(machine.key() == "AKIA2");
  CHECK(machine.chain.get().session_token == "t");

  machine.write("elsewhere", "[shop]\naws_access_key_id=AKIA3\naws_secret_access_key=d\n");
  machine.variables["AWS_SHARED_CREDENTIALS_FILE"] = machine.folder.file("elsewhere");
  CHECK(machine.key() == "AKIA3");
  machine.write("elsewhere", "[shop]\naws_access_key_id=AKIA4\naws_secret_access_key=d\n");
  CHECK(machine.key() == "AKIA4");

  machine.write(".aws/config",
                "[profile office]\nregion=eu-west-1\ns3 =\n  aws_access_key_id = no\n"
                "aws_access_key_id=AKIA5\naws_secret_access_key=e\n");
  machine.variables["AWS_PROFILE"] = "office";
  CHECK(machine.key() == "AKIA5");

  machine.variables["AWS_PROFILE"] = "nobody";
  CHECK(machine.error().find("The AWS profile nobody has no access key") == 0);
}

TEST_CASE("without any credentials it is said where they were looked for") {
  Machine machine;
  CHECK(machine.error() ==
        "There are no AWS credentials: not in the environment, not in the shared credentials file");
}

TEST_CASE("a container's credentials are asked for with its token, and anew before they end") {
  LocalServer container;
  std::atomic<int> asked = 0;
  std::string authorization;
  container.server.Get("/role", [&](const httplib::Request& request, httplib::Response& response) {
    authorization = request.get_header_value("Authorization");
    const int number = ++asked;
    if (number == 3) {
      response.status = 500;
      return;
    }
    // The first ones expire an hour after the clock's beginning, the next after two.
    response.set_content(
        credentials_json("AKIA" + std::to_string(number),
                         number == 1 ? "2026-11-22T09:00:00Z" : "2026-11-22T10:00:00.5Z"),
        "application/json");
  });
  container.start();
  Machine machine(Environment{{"AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url() + "/role"},
                              {"AWS_CONTAINER_AUTHORIZATION_TOKEN", "not this"}});
  machine.write("token", "Bearer of-the-container\n");
  machine.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = machine.folder.file("token");
  CHECK(machine.key() == "AKIA1");
  CHECK(authorization == "Bearer of-the-container");
  machine.clock.advance(54min);
  CHECK(machine.key() == "AKIA1");
  machine.clock.advance(2min);
  CHECK(machine.key() == "AKIA2");
  CHECK(asked == 2);

  // While the source is down, the old credentials are still valid.
  machine.clock.advance(60min);
  CHECK(machine.key() == "AKIA2");
  CHECK(asked == 3);
  // Until then no call waits for the source.
  machine.clock.advance(29s);
  CHECK(machine.key() == "AKIA2");
  CHECK(asked == 3);
  machine.clock.advance(2s);
  CHECK(machine.key() == "AKIA4");

  machine.chain.forget();
  CHECK(machine.key() == "AKIA5");
}

TEST_CASE("credentials are not asked for in plain text from another machine") {
  const std::string host = GENERATE(as<std::string>(), "192.0.2.1", "127.example.invalid",
                                    "127.0.0.1.example.invalid", "127.1", "[::2]");
  INFO(host);
  Machine machine(
      Environment{{"AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://" + host + ":1/role"}});
  CHECK(machine.error() ==
        "The container's credentials endpoint must be an https address, or one of this machine");
}

TEST_CASE("credentials are asked for in plain text from this machine") {
  const std::string host =
      GENERATE(as<std::string>(), "127.0.0.1", "127.255.0.1", "localhost", "[::1]", "[0:0::1]");
  INFO(host);
  Machine machine(
      Environment{{"AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://" + host + ":1/role"}});
  CHECK(machine.error().ends_with(":1 takes no connection"));
}

TEST_CASE("an instance's credentials are asked for with a token of its own (version 2)") {
  LocalServer instance;
  instance.server.Put(
      "/latest/api/token", [](const httplib::Request& request, httplib::Response& response) {
        if (request.get_header_value("X-aws-ec2-metadata-token-ttl-seconds").empty()) {
          response.status = 400;
        }
        response.set_content("instance-token", "text/plain");
      });
  const auto guarded = [](std::string answer) {
    return
        [answer = std::move(answer)](const httplib::Request& request, httplib::Response& response) {
          if (request.get_header_value("X-aws-ec2-metadata-token") != "instance-token") {
            response.status = 401;
          }
          response.set_content(answer, "text/plain");
        };
  };
  const std::string roles = "/latest/meta-data/iam/security-credentials/";
  instance.server.Get(roles, guarded("shop\n"));
  instance.server.Get(roles + "shop", guarded(credentials_json("AKIA1", "2026-11-22T14:00:00Z")));
  instance.start();
  Machine machine(Environment{{"AWS_EC2_METADATA_DISABLED", ""},
                              {"AWS_EC2_METADATA_SERVICE_ENDPOINT", instance.url() + "/"}});
  const Credentials found = machine.chain.get();
  CHECK(found.access_key_id == "AKIA1");
  CHECK(found.session_token == "token");
  CHECK(found.expires_at == TestClock::start + 6h);
}

TEST_CASE("a source that gives nonsense gives no credentials") {
  for (const char* nonsense :
       {"", "<html>", "{}", R"({"AccessKeyId":1,"SecretAccessKey":"b"})",
        R"({"AccessKeyId":"a","SecretAccessKey":"b","Expiration":"tomorrow"})"}) {
    INFO(nonsense);
    LocalServer container;
    container.server.Get("/role", [&](const httplib::Request&, httplib::Response& response) {
      response.set_content(nonsense, "application/json");
    });
    container.start();
    Machine machine(Environment{{"AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url() + "/role"}});
    CHECK(machine.error() ==
          "The container's credentials endpoint gave something else than credentials");
  }
}

TEST_CASE("stop ends the wait for a source that says nothing") {
  BrokenServer silent([](BrokenServer& server, auto connection) {
    BrokenServer::receive(connection);
    server.hang();
  });
  Machine machine(Environment{{"AWS_CONTAINER_CREDENTIALS_FULL_URI", silent.url() + "/role"}});
  auto asked = std::async(std::launch::async, [&] { return machine.error(); });
  silent.wait_for_call();
  machine.chain.stop();
  CHECK(asked.get() == "The request was ended from here");
  CHECK(machine.error() == "The program stops");
}
