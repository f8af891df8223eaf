// Which of several instances delivers events to a target, on a database server that they share.
#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "events/dispatcher.h"
#include "instances/instances.h"

using namespace hss::domain;
using namespace hss::events;
using namespace hss::test;

namespace {

/// The receiver that all instances deliver to.
class Receiver {
 public:
  void receive(std::int64_t id) {
    const std::lock_guard lock(mutex_);
    ids_.push_back(id);
  }
  std::vector<std::int64_t> received() const {
    const std::lock_guard lock(mutex_);
    return ids_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::int64_t> ids_;
};

class ReceiverPublisher final : public Publisher {
 public:
  explicit ReceiverPublisher(Receiver& receiver) : receiver_(receiver) {}
  std::vector<DeliveryResult> publish(std::span<const OutboxEvent> events, Deadline) override {
    before_each();
    for (const OutboxEvent& event : events) receiver_.receive(event.id);
    return {events.size(), {.result = DeliveryResult::Result::delivered}};
  }
  void stop() override {}

  std::function<void()> before_each = [] {};

 private:
  Receiver& receiver_;
};

/// A dispatcher of one instance.
struct Delivering {
  Delivering(Store& store, Receiver& receiver, const TestClock& clock)
      : publisher(receiver),
        dispatcher(store, publisher, const_cast<TestClock&>(clock).clock(), seeded_random(),
                   [](const std::string&) {}, {.target = "receiver"}) {}

  ReceiverPublisher publisher;
  Dispatcher dispatcher;
};

class LeasedTarget : public Instances {
 public:
  LeasedTarget() {
    here.store.transact([](Tx& tx) { tx.outbox().insert_target("receiver"); });
  }
  void run(const std::string& sql) const { run_on_server(here.folder.file(""), sql); }
  std::unique_ptr<Lease> ask(Store& store) const {
    return store.ask_for_lease("receiver", [] {});
  }
  void wait_for_position(std::int64_t id) {
    wait_until([&] {
      return here.store.read([](Reader& reader) { return reader.outbox().list_targets(); })
                 .at(0)
                 .position >= id;
    });
  }

  Receiver receiver;
};

void wait_until_held(Lease& lease) {
  wait_until([&] { return lease.find_held().has_value(); });
}

}  // namespace

TEST_CASE(
    "several instances deliver each event once, in order, and another goes on when one stops") {
  require_server();
  LeasedTarget target;
  auto first = std::make_unique<Delivering>(target.here.store, target.receiver, target.here.clock);
  Delivering second(target.there, target.receiver, target.here.clock);
  first->dispatcher.start();
  second.dispatcher.start();
  for (int i = 0; i < 10; ++i) target.here.create();
  target.wait_for_position(10);
  first.reset();
  for (int i = 0; i < 10; ++i) target.here.create();
  target.wait_for_position(20);
  second.dispatcher.stop();
  const auto received = target.receiver.received();
  CHECK(received.size() == 20);
  CHECK(std::is_sorted(received.begin(), received.end()));
}

TEST_CASE("one instance has the lease, until it gives it back or its time is over") {
  require_server();
  LeasedTarget target;
  auto here = target.ask(target.here.store);
  wait_until_held(*here);
  auto there = target.ask(target.there);
  std::this_thread::sleep_for(std::chrono::milliseconds(1'200));
  CHECK_FALSE(there->find_held().has_value());
  here.reset();
  wait_until_held(*there);

  // As after an instance was killed 15 seconds ago.
  there.reset();
  target.run(
      "UPDATE outbox_targets SET leader = 'killed', lease_until = CURRENT_TIMESTAMP + INTERVAL '1' "
      "HOUR");
  here = target.ask(target.here.store);
  std::this_thread::sleep_for(std::chrono::milliseconds(1'200));
  CHECK_FALSE(here->find_held().has_value());
  target.run("UPDATE outbox_targets SET lease_until = CURRENT_TIMESTAMP");
  wait_until_held(*here);
}

TEST_CASE(
    "a lease lasts 15 seconds by the server's clock, and is renewed without moving the revision") {
  require_server();
  LeasedTarget target;
  const auto lease = target.ask(target.here.store);
  const std::uint64_t before = target.here.store.revision();
  const auto asked_at = std::chrono::steady_clock::now();
  wait_until_held(*lease);
  const auto acquired = lease->find_held();
  CHECK(acquired->until - asked_at <=
        std::chrono::seconds(14) + (std::chrono::steady_clock::now() - asked_at));
  target.run(
      "UPDATE outbox_targets SET position = 7 WHERE lease_until BETWEEN CURRENT_TIMESTAMP +"
      " INTERVAL '10' SECOND AND CURRENT_TIMESTAMP + INTERVAL '15' SECOND");
  target.wait_for_position(7);
  const auto renewed = lease->find_held(std::chrono::seconds(14));
  REQUIRE(renewed.has_value());
  CHECK(renewed->leader == acquired->leader);
  CHECK(renewed->until > acquired->until);
  CHECK(target.here.store.revision() == before);
}

TEST_CASE("an instance that finds another in its place neither sends nor records anything") {
  require_server();
  LeasedTarget target;
  Delivering stopped(target.here.store, target.receiver, target.here.clock);
  wait_until([&] { return stopped.dispatcher.deliver() == Dispatcher::Outcome::nothing_due; });
  target.here.create();
  // The other one acquires the lease while this one's call is under way, as if it had been stopped.
  stopped.publisher.before_each = [&] {
    target.run(
        "UPDATE outbox_targets SET leader = 'another', lease_until = CURRENT_TIMESTAMP + INTERVAL "
        "'1' HOUR");
  };
  wait_until([&] {
    stopped.dispatcher.deliver();
    return !target.receiver.received().empty();
  });
  const auto position = [&] {
    return target.here.store.read([](Reader& reader) { return reader.outbox().list_targets(); })
        .at(0)
        .position;
  };
  CHECK(position() == 0);
  for (int i = 0; i < 3; ++i) stopped.dispatcher.deliver();
  CHECK(target.receiver.received().size() == 1);
  CHECK(position() == 0);
}

TEST_CASE("what was delivered under an earlier lease is not recorded under a later one") {
  require_server();
  LeasedTarget target;
  target.here.create();
  auto lease = target.ask(target.here.store);
  wait_until_held(*lease);
  const std::string earlier = lease->find_held()->leader;
  const auto commit = [&](const std::string& leader) {
    return target.here.store.transact([&](Tx& tx) {
      return tx.outbox().commit_batch("receiver", {.position = 1, .now = nine, .leader = leader});
    });
  };
  lease.reset();
  lease = target.ask(target.here.store);
  wait_until_held(*lease);
  CHECK(lease->find_held()->leader != earlier);
  CHECK_FALSE(commit(earlier));
  CHECK(commit(lease->find_held()->leader));
}

TEST_CASE("a lease is held at once where there can be one instance only") {
  TempFolder folder;
  hss::storage::SqliteStore store(folder.file("hss.db"), [](const std::string&) {});
  const auto held = store.ask_for_lease("receiver", [] {})->find_held(std::chrono::hours(1));
  REQUIRE(held.has_value());
  CHECK(held->leader.empty());
}
