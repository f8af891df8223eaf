// The outbox publishes events; its targets receive them in order.
#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "domain/error.h"
#include "storage/contract/outbox.h"

using namespace hss::domain;
using namespace hss::test;
using std::chrono::minutes;

TEST_CASE("published events alone leave the house, in the order of the trail") {
  Outbox outbox(each_engine());
  const Account sipho = outbox.add_account("sipho@tuks.co.za");                        // 1
  const std::string id = outbox.create(a_draft(), customer_of(sipho)).id;              // 2
  outbox.step(id, Status::approved);                                                   // 3
  outbox.add_account("lerato@tuks.co.za");                                             // 4
  outbox.store.transact([&](Tx& tx) { outbox.bookings.pay(tx, id, "card", staff); });  // 5
  outbox.clock.advance(minutes(1));
  CHECK(outbox.notify() == 6);
  const auto after = [&](std::int64_t event_id, int limit) {
    return outbox.store.read(
        [&](Reader& reader) { return reader.outbox().list_after(event_id, limit); });
  };
  CHECK(ids_of(after(0, 10)) == EventIds{2, 3, 5, 6});
  CHECK(ids_of(after(2, 2)) == EventIds{3, 5});
  CHECK(ids_of(after(4, 1)) == EventIds{5});
  CHECK(after(6, 10).empty());
  const OutboxEvent submitted = after(0, 1).at(0);
  CHECK(submitted.type == "booking_submitted");
  CHECK(submitted.booking_id == id);
  CHECK(submitted.owner == sipho.id);
  CHECK(submitted.occurred_at == "2026-11-22T08:00:00.000Z");
  CHECK(submitted.payload ==
        R"({"email":"thandi@tuks.co.za","item_count":2,"status":"submitted"})");
  const OutboxEvent notified = after(5, 1).at(0);
  CHECK(notified.type == "notification");
  CHECK_FALSE(notified.booking_id.has_value());
  CHECK_FALSE(notified.owner.has_value());
  CHECK(notified.occurred_at == "2026-11-22T08:01:00.000Z");
  std::set<std::string> fingerprints;
  for (const OutboxEvent& event : after(0, 10)) {
    CHECK_FALSE(event.fingerprint.empty());
    CHECK(event.fingerprint.find_first_not_of("0123456789abcdef") == std::string::npos);
    fingerprints.insert(event.fingerprint);
  }
  CHECK(fingerprints.size() == 4);
  CHECK(after(0, 1).at(0).fingerprint == submitted.fingerprint);
}

TEST_CASE("an account's own events are about its bookings or about none") {
  Outbox outbox(each_engine());
  const Account sipho = outbox.add_account("sipho@tuks.co.za");             // 1
  const std::string own = outbox.create(a_draft(), customer_of(sipho)).id;  // 2
  const std::string nobodys = outbox.create().id;                           // 3
  outbox.notify();                                                          // 4
  outbox.step(nobodys, Status::approved);                                   // 5
  outbox.add_account("lerato@tuks.co.za");                                  // 6
  outbox.step(own, Status::approved);                                       // 7
  const auto own_after = [&](const std::string& owner, std::int64_t id, int limit) {
    return ids_of(outbox.store.read(
        [&](Reader& reader) { return reader.outbox().list_own_after(owner, id, limit); }));
  };
  CHECK(own_after(sipho.id, 0, 10) == EventIds{2, 4, 7});
  CHECK(own_after(sipho.id, 2, 1) == EventIds{4});
  CHECK(own_after(sipho.id, 4, 10) == EventIds{7});
  CHECK(own_after("ACC-0000000000", 0, 10) == EventIds{4});
}

TEST_CASE("the last event is the trail's, whether or not it leaves the house") {
  Outbox outbox(each_engine());
  const auto last = [&] {
    return outbox.store.read([](Reader& reader) { return reader.outbox().last_event_id(); });
  };
  CHECK(last() == 0);
  outbox.create();
  CHECK(last() == 1);
  outbox.add_account("sipho@tuks.co.za");
  CHECK(last() == 2);
}

TEST_CASE("a target hears from where it was added, and adding it again does not move it") {
  Outbox outbox(each_engine());
  outbox.notify(2);
  outbox.change([](OutboxWriter& writer) {
    writer.insert_target("another");
    writer.insert_target("receiver");
  });
  outbox.notify();
  CHECK(outbox.target(0).name == "another");
  CHECK(outbox.target(0).position == 2);
  CHECK(outbox.target(0).backlog == 1);
  CHECK(outbox.target(1).name == "receiver");
  CHECK(outbox.target(1).position == 0);
  CHECK(ids_of(outbox.next_batch().due) == EventIds{1, 2, 3});
}

TEST_CASE("a target's figures are of what waits, in the trail and as deliveries") {
  Outbox outbox(each_engine());
  CHECK(outbox.target().backlog == 0);
  CHECK_FALSE(outbox.target().oldest.has_value());
  CHECK(outbox.target().last_error.empty());
  CHECK(outbox.target().last_error_at.empty());
  CHECK(outbox.target().last_success_at.empty());
  outbox.notify();
  outbox.clock.advance(minutes(1));
  outbox.notify(3);
  outbox.add_account("sipho@tuks.co.za");  // published to nobody
  CHECK(outbox.target().backlog == 4);
  CHECK(outbox.target().oldest == "2026-11-22T08:00:00.000Z");
  outbox.commit(outbox.next_batch(1), Outbox::succeed);
  CHECK(outbox.target().backlog == 3);
  CHECK(outbox.target().oldest == "2026-11-22T08:01:00.000Z");
  CHECK(outbox.target().last_success_at == "2026-11-22T08:01:00.000Z");
  CHECK(outbox.target().last_error.empty());
  outbox.clock.advance(minutes(1));
  outbox.commit(outbox.next_batch(1), outbox.fail(minutes(5)));
  outbox.clock.advance(minutes(1));
  outbox.commit(outbox.next_batch(1), Outbox::dead_letter);
  const OutboxTarget target = outbox.target();
  CHECK(target.position == 3);
  CHECK(target.backlog == 2);
  CHECK(target.dead_lettered == 1);
  CHECK(target.oldest == "2026-11-22T08:01:00.000Z");
  CHECK(target.last_error == "Too large");
  CHECK(target.last_error_at == "2026-11-22T08:03:00.000Z");
  CHECK(target.last_success_at == "2026-11-22T08:01:00.000Z");
}

TEST_CASE("there is no batch for a target that does not exist") {
  Outbox outbox(each_engine());
  const auto code = [&] {
    try {
      outbox.store.read(
          [&](Reader& reader) { return reader.outbox().next_batch("nobody", outbox.now(), 1); });
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::internal;
  };
  CHECK(code() == ErrorCode::not_found);
}

TEST_CASE("a batch has no more than was asked for, and no two events of one booking") {
  Outbox outbox(each_engine());
  const std::string id = outbox.create().id;  // 1
  outbox.create();                            // 2
  outbox.step(id, Status::approved);          // 3
  outbox.create();                            // 4
  CHECK(ids_of(outbox.next_batch(1).due) == EventIds{1});
  CHECK(outbox.next_batch(1).position == 1);
  CHECK(ids_of(outbox.next_batch().due) == EventIds{1, 2});
  CHECK(outbox.next_batch().position == 2);
  CHECK(outbox.next_batch().due.at(0).target == "receiver");
  outbox.commit(outbox.next_batch(), Outbox::succeed);
  CHECK(ids_of(outbox.next_batch().due) == EventIds{3, 4});
}

TEST_CASE("what waits longest comes first, then by id, and before or behind what is new") {
  Outbox outbox(each_engine());
  outbox.notify(4);
  const OutboxBatch batch = outbox.next_batch();
  REQUIRE(batch.due.size() == 4);
  const std::vector<minutes> waits{minutes(3), minutes(1), minutes(3), minutes(9)};
  outbox.commit(batch, [&](Delivery& delivery) {
    outbox.fail(waits[static_cast<std::size_t>(delivery.event.id - 1)])(delivery);
  });
  CHECK(outbox.next_batch().due.empty());
  CHECK(outbox.next_batch().next_try_at == outbox.later(minutes(1)));
  CHECK(outbox.next_batch().last_try_at == outbox.later(minutes(9)));
  outbox.notify(2);
  outbox.clock.advance(minutes(3));
  CHECK(ids_of(outbox.next_batch().due) == EventIds{2, 1, 3, 5, 6});
  CHECK(ids_of(outbox.next_batch(2).due) == EventIds{2, 1});
  CHECK(outbox.next_batch(2).position == 4);
  CHECK(ids_of(outbox.next_batch(10, BatchOrder::new_first).due) == EventIds{5, 6, 2, 1, 3});
  CHECK(ids_of(outbox.next_batch(3, BatchOrder::new_first).due) == EventIds{5, 6, 2});
}

TEST_CASE("nothing is due and nothing waits where all is delivered") {
  Outbox outbox(each_engine());
  outbox.notify();
  outbox.commit(outbox.next_batch(), Outbox::succeed);
  const OutboxBatch batch = outbox.next_batch();
  CHECK(batch.due.empty());
  CHECK(batch.held.empty());
  CHECK(batch.next_try_at.empty());
  CHECK(batch.last_try_at.empty());
  CHECK_FALSE(batch.is_worth_committing);
}

TEST_CASE("a long run of events that are told to nobody is passed once, by a commit") {
  Outbox outbox(each_engine());
  outbox.store.transact([&](Tx& tx) {
    for (int i = 0; i < 1'500; ++i) {
      tx.audit().append(an_event("account_changed", std::nullopt, outbox.now()));
    }
  });
  const OutboxBatch batch = outbox.next_batch();
  CHECK(batch.due.empty());
  CHECK(batch.position == 1'500);
  CHECK(batch.is_worth_committing);
  outbox.commit(batch, Outbox::succeed);
  CHECK(outbox.target().position == 1'500);
  CHECK_FALSE(outbox.next_batch().is_worth_committing);
  CHECK(outbox.notify() == 1'501);
  CHECK(ids_of(outbox.next_batch().due) == EventIds{1'501});
}

TEST_CASE("an event is held behind a failed one of its booking until that is delivered") {
  Outbox outbox(each_engine());
  const std::string id = outbox.create().id;     // 1
  const std::string other = outbox.create().id;  // 2
  outbox.commit(outbox.next_batch(1), outbox.fail(minutes(5)));
  outbox.step(id, Status::approved);  // 3
  const OutboxBatch batch = outbox.next_batch();
  CHECK(ids_of(batch.due) == EventIds{2});
  CHECK(ids_of(batch.held) == EventIds{3});
  CHECK(batch.position == 3);
  outbox.commit(batch, Outbox::succeed);
  CHECK(ids_of(outbox.deliveries(DeliveryState::waiting)) == EventIds{3, 1});
  // Its time has come, but it waits for the first one.
  CHECK(outbox.next_batch().due.empty());
  outbox.clock.advance(minutes(5));
  CHECK(ids_of(outbox.next_batch().due) == EventIds{1});
  outbox.commit(outbox.next_batch(), Outbox::succeed);
  CHECK(ids_of(outbox.next_batch().due) == EventIds{3});
}

TEST_CASE("an event that is dead-lettered holds up nothing") {
  Outbox outbox(each_engine());
  const std::string id = outbox.create().id;  // 1
  outbox.commit(outbox.next_batch(), Outbox::dead_letter);
  outbox.step(id, Status::approved);  // 2
  CHECK(ids_of(outbox.next_batch().due) == EventIds{2});
  CHECK(outbox.next_batch().held.empty());
}

TEST_CASE("a target that is silenced receives nothing, but keeps its log and what is dead") {
  Outbox outbox(each_engine());
  outbox.notify(4);
  outbox.commit(outbox.next_batch(1), Outbox::succeed, true);
  outbox.commit(outbox.next_batch(1), Outbox::dead_letter, true);
  outbox.commit(outbox.next_batch(1), outbox.fail(minutes(1)), true);
  outbox.change([](OutboxWriter& writer) { writer.silence_target("receiver"); });
  outbox.notify();
  outbox.clock.advance(minutes(1));
  CHECK(outbox.next_batch().due.empty());
  CHECK(outbox.target().backlog == 0);
  CHECK(ids_of(outbox.deliveries()) == EventIds{2, 1});

  outbox.change([](OutboxWriter& writer) { writer.restart_target("receiver"); });
  CHECK(outbox.next_batch().due.empty());
  CHECK(ids_of(outbox.deliveries()) == EventIds{2, 1});
  CHECK(outbox.target().last_error.empty());
  outbox.notify();
  CHECK(ids_of(outbox.next_batch().due) == EventIds{6});
}

TEST_CASE("a target that is restarted while it runs drops what waits for it") {
  Outbox outbox(each_engine());
  outbox.notify(3);
  outbox.commit(outbox.next_batch(1), Outbox::dead_letter);
  outbox.commit(outbox.next_batch(1), outbox.fail(minutes(1)));
  outbox.change([](OutboxWriter& writer) { writer.restart_target("receiver"); });
  outbox.clock.advance(minutes(1));
  CHECK(outbox.next_batch().due.empty());
  CHECK(outbox.target().position == 3);
  CHECK(ids_of(outbox.deliveries()) == EventIds{1});
}

TEST_CASE("a target is deleted with its deliveries, and it alone") {
  Outbox outbox(each_engine());
  outbox.change([](OutboxWriter& writer) { writer.insert_target("another"); });
  outbox.notify();
  outbox.commit(outbox.next_batch(), outbox.fail(minutes(1)));
  outbox.change([](OutboxWriter& writer) { writer.delete_target("receiver"); });
  CHECK(outbox.store.read([](Reader& reader) { return reader.outbox().list_targets(); }).size() ==
        1);
  CHECK(outbox.target().name == "another");
  CHECK(outbox.deliveries(std::nullopt, std::nullopt).empty());
  outbox.change([](OutboxWriter& writer) { writer.insert_target("receiver"); });
  CHECK(outbox.target(1).backlog == 0);
  CHECK(outbox.next_batch().due.empty());
}
