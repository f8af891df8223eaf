// Passwords of a database, where a service keeps or makes them.
#include "config/password_sources.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <vector>

#include "config/fake_secret_service.h"
#include "storage/server/failure.h"
#include "storage/server/sign_in.h"

using namespace hss;
using namespace hss::test;
using Passwords = std::vector<std::string>;
using storage::ServerFailure;

namespace {

/// A database that takes one password, at each of its log-ins.
struct Database {
  std::string password;
  Passwords given;

  void sign_in(const storage::ServerAddress& address) {
    storage::sign_in(address, [&](const std::string& each) {
      given.push_back(each);
      if (each != password) throw ServerFailure(ServerFailure::Kind::sign_in, "28P01");
    });
  }
};

}  // namespace

TEST_CASE("a database that rejects the password is tried once more with the one that lies there") {
  const auto service = std::make_shared<FakeService>();
  service->values["at:db"] = "new";
  storage::ServerAddress address;
  address.password_source = follow_secret(service, "at:db", "old");
  Database database{.password = "old"};
  database.sign_in(address);
  CHECK(service->asked == 0);
  database.password = "new";
  database.sign_in(address);
  CHECK(database.given == Passwords{"old", "old", "new"});
  database.sign_in(address);
  CHECK(database.given.back() == "new");
  CHECK(service->asked == 1);
}

TEST_CASE("a password is looked up every ten seconds at most, whoever signs in") {
  const auto service = std::make_shared<FakeService>();
  service->values["at:db"] = "wrong";
  storage::ServerAddress address;
  address.password_source = follow_secret(service, "at:db", "wrong");
  Database database{.password = "right"};
  for (int i = 0; i < 5; ++i) CHECK_THROWS_AS(database.sign_in(address), ServerFailure);
  CHECK(service->asked == 1);
  CHECK(database.given.size() == 5);
}

TEST_CASE("only a log-in that was rejected makes the password be looked up") {
  const auto service = std::make_shared<FakeService>();
  service->values["at:db"] = "new";
  storage::ServerAddress address;
  address.password_source = follow_secret(service, "at:db", "old");
  CHECK_THROWS_AS(storage::sign_in(address,
                                   [](const std::string&) {
                                     throw ServerFailure(ServerFailure::Kind::unreachable, "");
                                   }),
                  ServerFailure);
  CHECK(service->asked == 0);
}

TEST_CASE("a password that cannot be looked up is a log-in that fails") {
  const auto service = std::make_shared<FakeService>();
  storage::ServerAddress address;
  address.password_source = follow_secret(service, "at:db", "old");
  Database database{.password = "new"};
  try {
    database.sign_in(address);
    FAIL("it was let in");
  } catch (const ServerFailure& failure) {
    CHECK(failure.kind() == ServerFailure::Kind::sign_in);
    CHECK(std::string(failure.what()) == "at:db: nobody answers");
  }
}

TEST_CASE("each log-in to RDS has a password of its own") {
  const auto service = std::make_shared<FakeService>();
  storage::ServerAddress address{.host = "db.example", .port = 5433, .user = "app"};
  address.password_source = make_rds_tokens(service, address);
  Database database{.password = "app@db.example:5433#1"};
  database.sign_in(address);
  CHECK_THROWS_AS(database.sign_in(address), ServerFailure);
  CHECK(database.given == Passwords{"app@db.example:5433#1", "app@db.example:5433#2"});
}
