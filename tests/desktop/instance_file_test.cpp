#include "desktop/instance_file.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <string>

#include "desktop/running_instance.h"
#include "support.h"

namespace fs = std::filesystem;
using namespace hss::test;
using namespace hss::desktop;
using Claim = InstanceFile::Claim;

namespace {

const Instance one{.port = 8082, .process = 17, .secret = "secret-of-one"};
const Instance two{.port = 8083, .process = 18, .secret = "secret-of-two"};

}  // namespace

TEST_CASE("the instance file tells this user's processes, and nobody else") {
  TempFolder folder;
  const std::string path = folder.file("data/hss.db.running");
  CHECK_FALSE(read_instance(path));
  {
    InstanceFile file(path);
    REQUIRE(file.claim(one) == Claim::done);
    const auto found = read_instance(path);
    REQUIRE(found);
    CHECK(found->port == one.port);
    CHECK(found->process == one.process);
    CHECK(found->secret == one.secret);
    CHECK(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  }
  CHECK(fs::is_empty(folder.file("data")));
}

TEST_CASE("of two that start at once, the second finds the first") {
  TempFolder folder;
  const std::string path = folder.file("hss.db.running");
  InstanceFile first(path);
  REQUIRE(first.claim(one) == Claim::done);
  {
    InstanceFile second(path);
    CHECK(second.claim(two) == Claim::taken);
  }
  CHECK(read_instance(path).value().secret == one.secret);
}

TEST_CASE("a stale instance file is replaced, and one that is new by then is left alone") {
  TempFolder folder;
  const std::string path = folder.file("hss.db.running");
  InstanceFile first(path);
  REQUIRE(first.claim(one) == Claim::done);
  remove_stale_instance(path, two.secret);
  CHECK(read_instance(path).value().secret == one.secret);
  remove_stale_instance(path, one.secret);
  CHECK_FALSE(fs::exists(path));
  InstanceFile second(path);
  CHECK(second.claim(two) == Claim::done);
}

TEST_CASE("an instance that ends leaves the file of the one that replaced it") {
  TempFolder folder;
  const std::string path = folder.file("hss.db.running");
  InstanceFile second(path);
  {
    InstanceFile first(path);
    REQUIRE(first.claim(one) == Claim::done);
    remove_stale_instance(path, one.secret);
    REQUIRE(second.claim(two) == Claim::done);
  }
  CHECK(read_instance(path).value().secret == two.secret);
}

TEST_CASE("what is no instance file tells of none, and is replaced") {
  TempFolder folder;
  const std::string path = folder.file("hss.db.running");
  const std::string text = GENERATE(
      "", "nonsense", "[]", R"({"port":0,"secret":"x"})", R"({"port":70000,"secret":"x"})",
      R"({"port":8082})", R"({"port":"8082","secret":"x"})", R"({"port":8082,"secret":7})");
  write_file(path, text);
  CHECK_FALSE(read_instance(path));
  remove_stale_instance(path, "");
  InstanceFile file(path);
  CHECK(file.claim(one) == Claim::done);
}

TEST_CASE("where no file can be written, HSS runs without one") {
  TempFolder folder;
  write_file(folder.file("file"), "");
  for (const std::string& path : {std::string(), folder.file("file/no-folder/hss.db.running")}) {
    InstanceFile file(path);
    CHECK(file.claim(one) == Claim::impossible);
  }
}

TEST_CASE("nothing answers at the port of an instance that was killed") {
  // Port 1 is nobody's on a machine for tests.
  CHECK_FALSE(request_start_link({.port = 1, .process = 17, .secret = "x"}));
}
