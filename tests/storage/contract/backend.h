#pragma once

#include <catch2/catch_message.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "domain/accounts/account_service.h"
#include "domain/bookings/booking_service.h"
#include "domain/events/webhook_service.h"
#include "domain/store.h"
#include "storage/contract/server.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

namespace hss::test {

/// A database engine under the contract tests.
struct Engine {
  enum class Data { shared, own };

  std::string name;
  /// `shared`: stores that are opened with one folder have the same data, like those of two
  /// processes. `own`: the data ends with its store.
  Data data = Data::shared;
  std::function<std::unique_ptr<domain::Store>(const TempFolder&)> open;
};

/// Every engine that implements domain/store.h: those in the program or, where tests/servers/run
/// has started one, the database server alone.
inline std::vector<Engine> engines() {
  using Data = Engine::Data;
  if (std::getenv("HSS_TEST_ENGINE") != nullptr) {
    return {{std::getenv("HSS_TEST_ENGINE"), Data::shared,
             [](const TempFolder& folder) { return open_on_server(folder.file("")); }}};
  }
  const auto sqlite = [](const std::string& path) {
    return std::make_unique<storage::SqliteStore>(path, [](const std::string&) {});
  };
  return {
      {"memory", Data::own, [=](const TempFolder&) { return sqlite(":memory:"); }},
      {"file", Data::shared,
       [=](const TempFolder& folder) { return sqlite(folder.file("hss.db")); }},
  };
}

inline std::vector<Engine> engines_with_shared_data() {
  std::vector<Engine> shared = engines();
  std::erase_if(shared, [](const Engine& engine) { return engine.data != Engine::Data::shared; });
  return shared;
}

/// Runs the rest of the test case once for each engine.
inline Engine each_engine() {
  return GENERATE(from_range(engines()));
}
inline Engine each_engine_with_shared_data() {
  return GENERATE(from_range(engines_with_shared_data()));
}

/// An empty store of an engine, with helpers for the tests. A failure names the engine.
class Backend {
 public:
  explicit Backend(const Engine& engine)
      : engine_(engine),
        message_(Catch::MessageBuilder(Catch::StringRef("INFO"), CATCH_INTERNAL_LINEINFO,
                                       Catch::ResultWas::Info)
                 << "engine: " << engine.name) {}
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;

  TempFolder folder;
  TestClock clock;

 private:
  const Engine engine_;
  const Catch::ScopedMessage message_;
  const std::unique_ptr<domain::Store> owned_ = engine_.open(folder);

 public:
  domain::Store& store = *owned_;
  domain::BookingService bookings{clock.clock(), seeded_random()};
  domain::AccountService accounts{clock.clock(), seeded_random(), std::chrono::seconds(60)};
  domain::WebhookService webhooks{clock.clock(), seeded_random()};

  /// Opens another store over the same data, if the engine's is shared.
  std::unique_ptr<domain::Store> open_another() const { return engine_.open(folder); }

  std::string now() const { return domain::to_rfc3339(clock.now()); }
  /// The time now plus `by`, which may be negative.
  std::string later(std::chrono::milliseconds by) const {
    return domain::to_rfc3339(clock.now() + by);
  }

  domain::Booking create(const domain::BookingDraft& draft = a_draft(),
                         const domain::Caller& caller = staff) {
    return store.transact([&](domain::Tx& tx) { return bookings.create(tx, draft, caller); });
  }
  /// Creates so many other bookings that all earlier ones are in the search index.
  void create_others() {
    domain::BookingDraft other = a_draft();
    other.customer_name = "Ww Ww";
    other.email = "w@w.ww";
    store.transact([&](domain::Tx& tx) {
      for (int i = 0; i < 128; ++i) bookings.create(tx, other, staff);
    });
  }
  void step(const std::string& id, domain::Status to) {
    store.transact([&](domain::Tx& tx) { bookings.change_status(tx, id, {.to = to}, staff); });
  }
  std::vector<std::string> list(const domain::BookingFilter& filter, domain::Page page = {}) {
    return ids(
        store.read([&](domain::Reader& reader) { return reader.bookings().list(filter, page); }));
  }
  static std::vector<std::string> ids(const domain::Slice<domain::Booking>& slice) {
    std::vector<std::string> ids;
    for (const domain::Booking& booking : slice.rows) ids.push_back(booking.id);
    return ids;
  }

  /// An enabled account with neither a password nor a PIN.
  domain::Account add_account(const std::string& email,
                              domain::Role role = domain::Role::customer) {
    const domain::NewAccount person{.name = "Lerato Nkosi", .email = email, .role = role};
    return store.transact([&](domain::Tx& tx) {
      return accounts.add(tx, person, "", domain::caller_of(person, "test-request"));
    });
  }
};

/// The customer of that account, signed in with a password.
inline domain::Caller customer_of(const domain::Account& account) {
  return {.principal = {.account = account.email,
                        .role = domain::Role::customer,
                        .account_id = account.id,
                        .auth_method = domain::AuthMethod::by_account},
          .request_id = "test-request"};
}

/// Times of one morning.
inline const std::string nine = "2026-11-22T09:00:00.000Z";
inline const std::string ten = "2026-11-22T10:00:00.000Z";
inline const std::string eleven = "2026-11-22T11:00:00.000Z";
inline const std::string noon = "2026-11-22T12:00:00.000Z";

/// An event with its type, booking and time; the rest does not matter.
inline domain::Event an_event(std::string type, std::optional<std::string> booking_id,
                              std::string created_at) {
  return {.type = std::move(type),
          .booking_id = std::move(booking_id),
          .payload = {},
          .actor = "demo",
          .actor_role = "staff",
          .request_id = "test-request",
          .created_at = std::move(created_at)};
}

}  // namespace hss::test
