// Changes that wait for the disk block no worker, and are answered.
#include <future>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "platform/process.h"
#include "transport/http/server_fixture.h"

using namespace hss::test;

namespace {

/// Blocks the writer, and with it every change.
class HeldWriter {
 public:
  explicit HeldWriter(hss::storage::Store& store)
      : change_(store.transact_deferred([this](hss::domain::Tx&) {
          is_held_.set_value();
          released_.get_future().wait();
          return true;
        })) {
    change_.start([] {});
    is_held_.get_future().wait();
  }
  ~HeldWriter() {
    release();
    change_.rest();
  }

  void release() {
    if (!std::exchange(is_released_, true)) released_.set_value();
  }

 private:
  std::promise<void> is_held_, released_;
  bool is_released_ = false;
  const hss::domain::Deferred<bool> change_;
};

std::int64_t count_bookings(hss::storage::Store& store) {
  return store.read(
      [](hss::domain::Reader& reader) { return reader.reports().overview().total_bookings; });
}

using Clients = std::vector<std::unique_ptr<RawClient>>;

Clients clients_that_book(const Server& server, int count) {
  Clients clients;
  for (int i = 0; i < count; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port));
    clients.back()->send(post_of(booking_body().dump()));
  }
  return clients;
}

void check_that_all_have_booked(const Clients& clients) {
  for (const auto& client : clients) CHECK(status_of(client->receive()) == 201);
}

/// Sends a request that needs a worker and no writer.
void ask_for_something_else(const Server& server) {
  RawClient client(server.port);
  client.send(request_of("GET", "/api/v1/openapi.json"));
  CHECK(status_of(client.receive()) == 200);
}

/// Starts a change on a server with one worker: it is under way once the next request is answered.
void begin_change(const Server& server, RawClient& client, const std::string& request) {
  client.send(request);
  ask_for_something_else(server);
}

}  // namespace

TEST_CASE("changes that wait for the disk leave every worker for the others") {
  Server server({.connections = {.workers = 2}});
  Clients clients;
  {
    HeldWriter held(server.store);
    clients = clients_that_book(server, 20);
    for (int i = 0; i < 5; ++i) ask_for_something_else(server);
    CHECK(server.wait_for_log(5).size() == 5);
  }
  check_that_all_have_booked(clients);
  CHECK(count_bookings(server.store) == 20);
}

TEST_CASE("a change that waits for the disk keeps no memory for its body") {
#ifdef HSS_SANITIZED
  SKIP("the sanitizers keep memory that was given back");
#endif
  constexpr int changes = 60;
  constexpr std::size_t size = 1'000'000;
  Server server({.connections = {.workers = 1}});
  const std::string request = post_of(booking_body().dump() + std::string(size, ' '));
  Clients clients;
  HeldWriter held(server.store);
  const double before = hss::platform::process_usage().resident_bytes;
  for (int i = 0; i < changes; ++i) {
    clients.push_back(std::make_unique<RawClient>(server.port));
    begin_change(server, *clients.back(), request);
  }
  CHECK(hss::platform::process_usage().resident_bytes <
        before + static_cast<double>(changes * size) / 3);
  held.release();
  check_that_all_have_booked(clients);
}

TEST_CASE("more changes than may wait without a worker are made all the same") {
  Server server({.connections = {.workers = 4, .max_pending = 3}});
  Clients clients;
  {
    HeldWriter held(server.store);
    clients = clients_that_book(server, 20);
  }
  check_that_all_have_booked(clients);
  CHECK(count_bookings(server.store) == 20);
}

TEST_CASE("a change that waits for the disk when the server stops gets there") {
  Server server({.connections = {.workers = 1}});
  RawClient client(server.port);
  HeldWriter held(server.store);
  begin_change(server, client, post_of(booking_body().dump()));
  std::thread stopping([&] { server.stop(); });
  SECTION("while there is time its client hears of it") {
    held.release();
    CHECK(status_of(client.receive()) == 201);
  }
  SECTION("later nobody does") {
    CHECK(client.receive().empty());
    held.release();
  }
  stopping.join();
  CHECK(count_bookings(server.store) == 1);
}

TEST_CASE("a client that goes while its change waits for the disk has changed it") {
  Server server({.connections = {.workers = 1}});
  {
    HeldWriter held(server.store);
    RawClient client(server.port);
    begin_change(server, client, post_of(booking_body().dump()));
  }
  CHECK(server.wait_for_log(2).back().status == 201);
  CHECK(count_bookings(server.store) == 1);
}
