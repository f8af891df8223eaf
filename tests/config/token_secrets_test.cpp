// Keys that sign tokens, where a service keeps them.
#include "config/token_secrets.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "config/fake_secret_service.h"
#include "domain/error.h"
#include "support.h"

using namespace hss;
using namespace hss::test;
using namespace std::chrono_literals;
using Keys = std::vector<std::string>;

namespace {

std::string key_of(char letter) {
  return std::string(40, letter);
}

}  // namespace

TEST_CASE("keys and places of keys stand together in HSS_JWT_SECRET, the newest first") {
  const auto service = std::make_shared<FakeService>();
  service->values = {{"at:a", key_of('a')}};
  TokenSecrets secrets(service, {"at:a", key_of('b')});
  CHECK(secrets.load(TestClock::start) == Keys{key_of('a'), key_of('b')});
}

TEST_CASE("a key that was replaced where it lies is accepted for another 30 days") {
  const auto service = std::make_shared<FakeService>();
  service->values["at:a"] = key_of('a');
  TokenSecrets secrets(service, {"at:a"});
  const auto start = TestClock::start;
  CHECK(secrets.load(start) == Keys{key_of('a')});
  service->values["at:a"] = key_of('b');
  CHECK(secrets.load(start + 1h) == Keys{key_of('b'), key_of('a')});
  service->values["at:a"] = key_of('c');
  CHECK(secrets.load(start + 2h) == Keys{key_of('c'), key_of('a'), key_of('b')});
  CHECK(secrets.load(start + 1h + std::chrono::days(30)) == Keys{key_of('c'), key_of('b')});
  CHECK(secrets.load(start + 2h + std::chrono::days(30)) == Keys{key_of('c')});
  CHECK(secrets.keys() == Keys{key_of('c')});
}

TEST_CASE("a key that was replaced before the start is accepted, as the service still has it") {
  const auto service = std::make_shared<FakeService>();
  service->values["at:a"] = key_of('b');
  service->previous["at:a"] = key_of('a');
  TokenSecrets secrets(service, {"at:a"});
  CHECK(secrets.load(TestClock::start) == Keys{key_of('b'), key_of('a')});
  service->previous["at:a"] = "too short to have been one";
  CHECK(secrets.load(TestClock::start) == Keys{key_of('b')});
}

TEST_CASE("a key that lies there and is too short stops the start, and is not shown") {
  const auto service = std::make_shared<FakeService>();
  service->values["at:a"] = "short";
  TokenSecrets secrets(service, {"at:a"});
  try {
    secrets.load(TestClock::start);
    FAIL("it was taken");
  } catch (const domain::Error& error) {
    const std::string sentence = error.what();
    CHECK(sentence.starts_with("HSS_JWT_SECRET: at:a: a key needs at least 32 characters"));
  }
  service->values.clear();
  CHECK_THROWS_WITH(secrets.load(TestClock::start), "HSS_JWT_SECRET: at:a: nobody answers");
}
