// The effect of what a user writes into flags, variables and the configuration file.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "auth/token.h"
#include "commands/process.h"
#include "config/config_file.h"
#include "config/listen_host.h"
#include "config/secret_setting.h"
#include "domain/error.h"
#include "support.h"

using namespace hss::test;

namespace {

/// A server with these environment variables alone, `NAME=value` each.
std::vector<std::string> in_environment(std::vector<std::string> variables,
                                        const std::vector<std::string>& words) {
  variables.insert(variables.begin(), "-i");
  variables.push_back(executable());
  variables.insert(variables.end(), words.begin(), words.end());
  return variables;
}

std::string key_of(char letter) {
  return std::string(40, letter);
}

}  // namespace

TEST_CASE("a path in the configuration file is the rest of its line, whatever is in it") {
  const std::string name = GENERATE("hash#x.db", "two words.db", "one, two.db", "a = b.db",
                                    "it's.db", "[x].db", "q;x.db", "100%.db");
  const std::string line = GENERATE("db=", "db =  ");
  TempFolder folder;
  INFO(line << name);
  write_file(folder.file("hss.conf"), "# mine\n\nport = 0\r\n" + line + folder.file(name) + " \n");
  Process hss(folder, {"--config", folder.file("hss.conf")});
  CHECK(hss.wait_for_output("stop with").find("data: " + folder.file(name) + ";") !=
        std::string::npos);
  hss.end(SIGTERM);
  CHECK(std::filesystem::exists(folder.file(name)));
  CHECK_FALSE(std::filesystem::exists(folder.file("hash")));
}

TEST_CASE("quotes around all of a value are not part of it") {
  TempFolder folder;
  write_file(folder.file("hss.conf"),
             "\xef\xbb\xbf"
             "db = \"/a b\"\nhost='x'\nauth=\"a\" b\n; no\nopen\n");
  const auto lines = hss::read_config_file(folder.file("hss.conf"));
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].name == "db");
  CHECK(lines[0].value == "/a b");
  CHECK(lines[1].value == "x");
  CHECK(lines[2].value == "\"a\" b");
  CHECK_FALSE(lines[3].value);
  CHECK(lines[3].place == folder.file("hss.conf") + " line 5");
}

TEST_CASE("what is wrong in the configuration file is said with file and line") {
  struct Row {
    std::string line, said;
  };
  const Row row = GENERATE(
      Row{"port = eighty", "--port"}, Row{"port = 8081 # mine", "--port"},
      Row{"port = 70000", "--port"}, Row{"colour = red", "there is no option colour"},
      Row{"[server]", "write name = value"}, Row{"just words", "write name = value"},
      Row{"= 5", "write name = value"}, Row{"db =", "db has no value"},
      Row{"db", "db needs a value"}, Row{"open = maybe", "true or false"},
      Row{"log-format = xml", "--log-format"}, Row{"config = other", "there is no option config"},
      Row{"version = 1", "there is no option version"}, Row{"host = http://x", "is no host"},
      Row{"metrics-address = 9081", "is no host and port"},
      Row{"trusted-proxy = garbage", "garbage"},
      Row{"db = file:/x.db?mode=memory", "is an address"}, Row{"db = ~root/x.db", "home folder"},
      Row{"tls-cert = AWS-SM:cert", "aws-sm:"},
      Row{"kiosk-lock-after = 60\nkiosk-lock-after = 61", ""});
  TempFolder folder;
  INFO(row.line);
  write_file(folder.file("hss.conf"), "# first\n\n" + row.line + "\n");
  const Outcome outcome = run(folder, {"--config", folder.file("hss.conf")});
  INFO(outcome.error);
  const bool is_twice = row.line.find('\n') != row.line.npos;
  CHECK(outcome.exit_code == 2);
  CHECK(lines_of(outcome.error) == 1);
  CHECK(outcome.error.find(folder.file("hss.conf") + " line " + (is_twice ? "4" : "3") + ": ") !=
        outcome.error.npos);
  CHECK(outcome.error.find(row.said) != outcome.error.npos);
}

TEST_CASE("a line that a flag overrules must be right all the same") {
  TempFolder folder;
  write_file(folder.file("hss.conf"), "port = eighty\n");
  const Outcome outcome = run(folder, {"--config", folder.file("hss.conf"), "--port", "0"});
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.error.find("line 1") != outcome.error.npos);
}

TEST_CASE("a configuration file that cannot be read is named with the reason") {
  TempFolder folder;
  const std::string file = GENERATE("", "none.conf");
  const Outcome outcome = run(folder, {"--config", folder.file(file), "--db", ":memory:"});
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.error.find(folder.file(file)) != outcome.error.npos);
  CHECK(lines_of(outcome.error) == 1);
}

TEST_CASE("flags win over variables, and variables over the configuration file") {
  TempFolder folder;
  write_file(folder.file("hss.conf"), "port = 0\ndb = " + folder.file("from-file.db") + "\n");
  const std::vector<std::string> variable{"HSS_DB=" + folder.file("from-variable.db")};
  const auto served = [&](const std::vector<std::string>& variables,
                          std::vector<std::string> words) {
    words.insert(words.end(), {"--config", folder.file("hss.conf")});
    Process hss(folder, "/usr/bin/env", in_environment(variables, words));
    return hss.wait_for_output("stop with");
  };
  CHECK(served({}, {}).find("from-file.db") != std::string::npos);
  CHECK(served(variable, {}).find("from-variable.db") != std::string::npos);
  CHECK(served(variable, {"--db", folder.file("from-flag.db")}).find("from-flag.db") !=
        std::string::npos);
}

TEST_CASE("a tilde is the home folder in flags, variables and the configuration file") {
  TempFolder folder;
  write_file(folder.file("hss.conf"), "db = ~/data/hss.db\n");
  const std::vector<std::string> home{"HOME=" + folder.file("home")};
  struct Row {
    std::vector<std::string> variables, words;
  };
  for (const Row& row :
       {Row{home, {"--db=~/data/hss.db"}}, Row{{home[0], "HSS_DB=~/data/hss.db"}, {}},
        Row{home, {"--config", folder.file("hss.conf")}}}) {
    std::vector<std::string> words = row.words;
    words.insert(words.end(), {"--port", "0"});
    Process hss(folder, "/usr/bin/env", in_environment(row.variables, words));
    CHECK(hss.wait_for_output("stop with").find("data: " + folder.file("home/data/hss.db;")) !=
          std::string::npos);
  }
  CHECK(run_in(folder, {}, {"--db=~/hss.db"}).error.find("HOME is not set") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists("~"));
}

TEST_CASE("a data folder that is not named from the root is not used") {
  TempFolder folder;
  Process hss(
      folder, "/usr/bin/env",
      in_environment({"HOME=" + folder.file("home"), "XDG_DATA_HOME=data"}, {"--port", "0"}));
  CHECK(hss.wait_for_output("stop with").find(folder.file("home/.local/share/hss/hss.db")) !=
        std::string::npos);
  CHECK_FALSE(std::filesystem::exists("data"));
}

TEST_CASE("the printed address is one that a browser opens") {
  struct Row {
    const char* host;
    const char* url;
    bool is_loopback;
  };
  for (const Row& row :
       {Row{"127.0.0.1", "http://127.0.0.1:81/", true}, Row{"[::1]", "http://[::1]:81/", true},
        Row{"::1", "http://[::1]:81/", true}, Row{"0:0:0:0:0:0:0:1", "http://[::1]:81/", true},
        Row{"*", "http://127.0.0.1:81/", false}, Row{"0.0.0.0", "http://127.0.0.1:81/", false},
        Row{"::", "http://127.0.0.1:81/", false}, Row{"[::]", "http://127.0.0.1:81/", false},
        Row{"0", "http://127.0.0.1:81/", false}, Row{"127.1", "http://127.0.0.1:81/", true},
        Row{"0x7f.0.0.1", "http://127.0.0.1:81/", true},
        Row{"LocalHost", "http://localhost:81/", true},
        Row{"2001:DB8::5", "http://[2001:db8::5]:81/", false},
        Row{"::ffff:127.0.0.1", "http://[::ffff:127.0.0.1]:81/", true},
        Row{"kiosk-1.local", "http://kiosk-1.local:81/", false}}) {
    INFO(row.host);
    const std::string host = hss::parse_listen_host(row.host);
    CHECK(hss::url_of(host, 81, false) == row.url);
    CHECK(hss::is_loopback(host) == row.is_loopback);
  }
  for (const char* none : {"", "http://127.0.0.1", "127.0.0.1:8081", "[::1]:8081", "[::1",
                           "[127.0.0.1]", "fe80::1%eth0", "a b", "/", "**", "host/x", ":::"}) {
    INFO(none);
    CHECK_THROWS_AS(hss::parse_listen_host(none), hss::domain::Error);
  }
}

TEST_CASE(
    "the flag --host * listens on any address, asks for passwords, and prints one that opens") {
  TempFolder folder;
  Process hss(folder,
              {"--host", GENERATE("*", "0.0.0.0"), "--port", "0", "--db", folder.file("hss.db")});
  CHECK(hss.port() > 0);
  CHECK(hss.wait_for_output("/welcome#").find("There is no administrator yet") !=
        std::string::npos);
}

TEST_CASE("the flag --db is a path, and neither an address nor one of SQLite's own names") {
  TempFolder folder;
  const std::string db = GENERATE("file:/tmp/x.db?mode=memory", "file:x.db", "FILE:x.db",
                                  "postgres://hss@db/hss", "sqlite:///x.db");
  const Outcome outcome = run(folder, {"--port", "0", "--db", db});
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.error.find("is an address and no path") != outcome.error.npos);
  CHECK(lines_of(outcome.error) == 1);
}

TEST_CASE("a space behind the comma of HSS_JWT_SECRET signs nobody out") {
  const std::vector<std::string> both{key_of('n'), key_of('o')};
  for (const char* comma : {",", ", ", " ,", "\t, \n"}) {
    CHECK(hss::split_token_keys(both[0] + comma + both[1]) == both);
  }
  CHECK(hss::split_token_keys(" " + both[0] + "\n") == std::vector{both[0]});
  CHECK(hss::split_token_keys("").empty());
}

TEST_CASE("space is no key, and what is short without it is none either") {
  for (const std::string& text :
       {std::string(40, ' '), key_of('n') + "," + std::string(40, ' ') + "," + key_of('o'),
        std::string(20, 'k') + std::string(20, ' '), std::string("\t\n"),
        key_of('n') + ", short"}) {
    const auto keys = hss::split_token_keys(text);
    CHECK(std::any_of(keys.begin(), keys.end(), [](const std::string& key) {
      return key.size() < hss::auth::TokenSigner::min_key_length;
    }));
  }
  CHECK_THROWS_AS(hss::require_token_key(std::string(31, 'k')), hss::domain::Error);
  TempFolder folder;
  const Outcome outcome = run_in(folder, {"HSS_JWT_SECRET=" + std::string(40, ' ')},
                                 {"--port", "0", "--db", ":memory:"});
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.error.find("HSS_JWT_SECRET: a key needs at least 32 characters") !=
        outcome.error.npos);
}

TEST_CASE("a value that says where a secret lies is not taken for the secret") {
  const std::string far = "prod/hss/a-name-of-32-characters-or-more";
  const std::string value = GENERATE("aws-rds-iam:", " AWS-SM:", "{{resolve:secretsmanager:") + far;
  struct Row {
    std::vector<std::string> variables, words;
    const char* setting;
  };
  const Row row = GENERATE_COPY(
      Row{{"HSS_JWT_SECRET=" + value}, {}, "HSS_JWT_SECRET"},
      Row{{"HSS_JWT_SECRET=" + key_of('n') + ", " + value}, {}, "HSS_JWT_SECRET"},
      Row{{"HSS_TLS_KEY=" + value}, {}, "--tls-key"}, Row{{}, {"--tls-cert", value}, "--tls-cert"},
      Row{{}, {"--db", value}, "--db"},
      Row{{"MESSAGE_BUS_MODE=sns", "AWS_SECRET_ACCESS_KEY=" + value}, {}, "AWS_SECRET_ACCESS_KEY"});
  TempFolder folder;
  std::vector<std::string> words = row.words;
  words.insert(words.end(), {"--port", "0"});
  if (words[0] != "--db") words.insert(words.end(), {"--db", ":memory:"});
  const Outcome outcome = run_in(folder, row.variables, words);
  INFO(outcome.error);
  CHECK(outcome.exit_code == 2);
  CHECK(outcome.error.find(row.setting) != outcome.error.npos);
  CHECK(outcome.error.find("says where a secret lies") != outcome.error.npos);
  CHECK(outcome.error.find(far) == outcome.error.npos);
}

TEST_CASE("a secret that cannot be looked up stops the start, as the place is not the secret") {
  const std::string value = GENERATE(
      "aws-sm:hss/a-name-of-32-characters-or-more", "aws-ssm:/hss/a-name-of-32-characters-or-more",
      "arn:aws:secretsmanager:eu-west-1:1:secret:hss", "arn:aws-cn:ssm:cn-north-1:1:parameter/hss");
  struct Row {
    std::vector<std::string> variables, words;
    const char* setting;
  };
  const Row row = GENERATE_COPY(Row{{"HSS_JWT_SECRET=" + value}, {}, "HSS_JWT_SECRET"},
                                Row{{"HSS_TLS_KEY=" + value}, {}, "TLS_KEY"},
                                Row{{}, {"--tls-cert", value}, "--tls-cert"});
  TempFolder folder;
  std::vector<std::string> variables = row.variables, words = row.words;
  variables.insert(variables.end(), {"AWS_EC2_METADATA_DISABLED=true", "AWS_REGION=eu-west-1"});
  words.insert(words.end(), {"--port", "0", "--db", ":memory:"});
  const Outcome outcome = run_in(folder, variables, words);
  INFO(outcome.error);
  const bool is_built_without = outcome.error.find("says where a secret lies") != std::string::npos;
  CHECK((is_built_without ||
         outcome.error.find("There are no AWS credentials") != std::string::npos));
  CHECK(outcome.exit_code == (is_built_without ? 2 : 1));
  CHECK((is_built_without || outcome.error.find(value) != std::string::npos));
  CHECK((is_built_without || outcome.error.find(row.setting) != std::string::npos));
  CHECK(lines_of(outcome.error) == 1);
}
