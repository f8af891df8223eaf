// Deliveries record the result of every event that a target was sent.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "domain/error.h"
#include "storage/contract/outbox.h"

using namespace hss::domain;
using namespace hss::test;
using std::chrono::minutes;

TEST_CASE("a delivery that failed is kept as it was committed") {
  Outbox outbox(each_engine());
  const std::string id = outbox.create().id;
  outbox.commit(outbox.next_batch(), [](Delivery& delivery) {
    delivery.tries = 3;
    delivery.next_try_at = "2026-11-22T08:05:00.000Z";
    delivery.first_failed_at = "2026-11-22T07:00:00.000Z";
    delivery.status_code = 503;
    delivery.error = "The answer was 503";
    delivery.took_ms = 17;
  });
  const auto waiting = outbox.deliveries();
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].target == "receiver");
  CHECK(waiting[0].event.id == 1);
  CHECK(waiting[0].event.type == "booking_submitted");
  CHECK(waiting[0].event.booking_id == id);
  CHECK(waiting[0].state == DeliveryState::waiting);
  CHECK(waiting[0].tries == 3);
  CHECK(waiting[0].next_try_at == "2026-11-22T08:05:00.000Z");
  CHECK(waiting[0].first_failed_at == "2026-11-22T07:00:00.000Z");
  CHECK(waiting[0].status_code == 503);
  CHECK(waiting[0].error == "The answer was 503");
  CHECK(waiting[0].took_ms == 17);
  CHECK(waiting[0].updated_at == outbox.now());
  outbox.clock.advance(minutes(5));
  const auto due = outbox.next_batch().due;
  REQUIRE(due.size() == 1);
  CHECK(due[0].tries == 3);
  CHECK(due[0].first_failed_at == "2026-11-22T07:00:00.000Z");
}

TEST_CASE("a delivery that succeeds is kept if the target keeps a log, and not otherwise") {
  Outbox outbox(each_engine());
  outbox.notify(3);
  outbox.commit(outbox.next_batch(1), Outbox::succeed, false);
  CHECK(outbox.deliveries().empty());
  outbox.commit(outbox.next_batch(1), Outbox::succeed, true);
  CHECK(ids_of(outbox.deliveries(DeliveryState::delivered)) == EventIds{2});
  outbox.commit(outbox.next_batch(1), outbox.fail(minutes(1)));
  outbox.clock.advance(minutes(1));
  outbox.commit(outbox.next_batch(1), Outbox::succeed, false);
  CHECK(ids_of(outbox.deliveries()) == EventIds{2});
}

TEST_CASE("a target's position never goes back") {
  Outbox outbox(each_engine());
  outbox.notify(2);
  outbox.commit(outbox.next_batch(), Outbox::succeed);
  OutboxBatch late;
  late.position = 1;
  outbox.commit(late, Outbox::succeed);
  CHECK(outbox.target().position == 2);
}

TEST_CASE("a batch for a target that is gone changes nothing") {
  Outbox outbox(each_engine());
  outbox.notify();
  const OutboxBatch batch = outbox.next_batch();
  outbox.change([](OutboxWriter& writer) { writer.delete_target("receiver"); });
  CHECK_NOTHROW(outbox.commit(batch, outbox.fail(minutes(1))));
  CHECK(outbox.store.read([](Reader& reader) { return reader.outbox().list_targets(); }).empty());
  CHECK(outbox.deliveries(std::nullopt, std::nullopt).empty());
}

TEST_CASE("a batch for a target that was silenced meanwhile leaves nothing that waits") {
  Outbox outbox(each_engine());
  const std::string id = outbox.create().id;
  outbox.commit(outbox.next_batch(), outbox.fail(minutes(0)));
  outbox.step(id, Status::approved);
  const OutboxBatch batch = outbox.next_batch();
  outbox.change([](OutboxWriter& writer) { writer.silence_target("receiver"); });
  outbox.commit(batch, outbox.fail(minutes(1)));
  CHECK(outbox.deliveries().empty());
  outbox.notify();
  CHECK(outbox.next_batch().due.empty());
}

TEST_CASE("all that waits is due once the target is back") {
  Outbox outbox(each_engine());
  outbox.change([](OutboxWriter& writer) { writer.insert_target("another"); });
  outbox.notify(3);
  outbox.commit(outbox.next_batch(2), outbox.fail(minutes(9)));
  CHECK(ids_of(outbox.next_batch().due) == EventIds{3});
  outbox.commit(outbox.next_batch(), Outbox::succeed, false, true);
  CHECK(ids_of(outbox.next_batch().due) == EventIds{1, 2});
}

TEST_CASE("successful deliveries leave the log by their age, and what failed stays") {
  Outbox outbox(each_engine());
  outbox.notify(4);
  outbox.commit(outbox.next_batch(1), Outbox::succeed, true);
  outbox.commit(outbox.next_batch(1), Outbox::dead_letter, true);
  outbox.commit(outbox.next_batch(1), outbox.fail(minutes(99)), true);
  outbox.clock.advance(minutes(1));
  const auto commit_next = [&](const std::string& keep_from) {
    const OutboxBatch batch = outbox.next_batch(1);
    REQUIRE(batch.due.size() == 1);
    Delivery delivered = batch.due[0];
    Outbox::succeed(delivered);
    outbox.change([&](OutboxWriter& writer) {
      writer.commit_batch("receiver", {.done = {delivered},
                                       .position = batch.position,
                                       .keeps_log = true,
                                       .now = outbox.now(),
                                       .keep_log_from = keep_from});
    });
  };
  commit_next("2026-11-22T08:00:00.000Z");
  CHECK(ids_of(outbox.deliveries()) == EventIds{4, 3, 2, 1});
  outbox.notify();
  commit_next("2026-11-22T08:00:00.001Z");
  CHECK(ids_of(outbox.deliveries()) == EventIds{5, 4, 3, 2});
}

TEST_CASE("successful deliveries leave the log as the trail goes on, each target's by itself") {
  Outbox outbox(each_engine());
  outbox.notify(5);
  const auto deliver = [&](std::int64_t keep_of) {
    const OutboxBatch batch = outbox.next_batch(1);
    REQUIRE(batch.due.size() == 1);
    Delivery delivered = batch.due[0];
    Outbox::succeed(delivered);
    outbox.change([&](OutboxWriter& writer) {
      writer.commit_batch("receiver", {.done = {delivered},
                                       .position = batch.position,
                                       .keeps_log = true,
                                       .now = outbox.now(),
                                       .keep_log_from = "",
                                       .keep_log_of = keep_of});
    });
  };
  for (int i = 0; i < 4; ++i) deliver(100);
  CHECK(ids_of(outbox.deliveries()) == EventIds{4, 3, 2, 1});
  deliver(3);
  CHECK(ids_of(outbox.deliveries()) == EventIds{5, 4, 3, 2});
}

TEST_CASE("a delivery is due at once if it is retried, whatever became of it") {
  Outbox outbox(each_engine());
  outbox.notify(3);
  outbox.commit(outbox.next_batch(1), Outbox::succeed, true);
  outbox.commit(outbox.next_batch(1), [&](Delivery& delivery) {
    Outbox::dead_letter(delivery);
    delivery.tries = 9;
    delivery.first_failed_at = outbox.now();
  });
  outbox.commit(outbox.next_batch(1), outbox.fail(minutes(9)));
  outbox.clock.advance(minutes(1));
  const auto retry = [&](const std::string& target, std::int64_t id) {
    return outbox.store.transact(
        [&](Tx& tx) { return tx.outbox().retry_delivery(target, id, outbox.now()); });
  };
  CHECK(outbox.next_batch().due.empty());
  CHECK_FALSE(retry("receiver", 4));
  CHECK_FALSE(retry("nobody", 2));
  CHECK(retry("receiver", 2));
  const auto due = outbox.next_batch().due;
  REQUIRE(ids_of(due) == EventIds{2});
  CHECK(due[0].tries == 0);
  CHECK(due[0].first_failed_at.empty());
  CHECK(retry("receiver", 1));
  CHECK(retry("receiver", 3));
  CHECK(ids_of(outbox.next_batch().due) == EventIds{1, 2, 3});
  CHECK(outbox.target().dead_lettered == 0);
}

TEST_CASE("all that is dead-lettered for a target is due again, and nothing else") {
  Outbox outbox(each_engine());
  outbox.notify(4);
  outbox.commit(outbox.next_batch(2), Outbox::dead_letter);
  outbox.commit(outbox.next_batch(1), Outbox::succeed, true);
  outbox.commit(outbox.next_batch(1), outbox.fail(minutes(9)));
  const auto retry = [&](const std::string& target) {
    return outbox.store.transact(
        [&](Tx& tx) { return tx.outbox().retry_dead_lettered(target, outbox.now()); });
  };
  CHECK(retry("nobody") == 0);
  CHECK(outbox.next_batch().due.empty());
  CHECK(retry("receiver") == 2);
  CHECK(ids_of(outbox.next_batch().due) == EventIds{1, 2});
  CHECK(retry("receiver") == 0);
}

TEST_CASE("deliveries are listed newest event first, by target and state, page by page") {
  Outbox outbox(each_engine());
  outbox.change([](OutboxWriter& writer) { writer.insert_target("another"); });
  outbox.notify(3);
  outbox.commit(outbox.next_batch(1), Outbox::succeed, true);
  outbox.commit(outbox.next_batch(1), Outbox::dead_letter);
  outbox.commit(outbox.next_batch(1), outbox.fail(minutes(9)));
  outbox.store.transact([&](Tx& tx) {
    OutboxBatch batch = tx.outbox().next_batch("another", outbox.now(), 2);
    for (Delivery& delivery : batch.due) Outbox::dead_letter(delivery);
    tx.outbox().commit_batch("another",
                             {.done = batch.due, .position = batch.position, .now = outbox.now()});
  });
  const auto paged = [&](const std::optional<std::string>& target,
                         std::optional<DeliveryState> state) {
    std::string found;
    Page page{.limit = 1};
    do {
      const auto slice = outbox.store.read(
          [&](Reader& reader) { return reader.outbox().list_deliveries(target, state, page); });
      for (const Delivery& row : slice.rows) {
        found += std::to_string(row.event.id) + row.target.front() + " ";
      }
      page.cursor = slice.next_cursor;
    } while (page.cursor);
    return found;
  };
  CHECK(paged(std::nullopt, std::nullopt) == "3r 2a 2r 1a 1r ");
  CHECK(paged("receiver", std::nullopt) == "3r 2r 1r ");
  CHECK(paged("another", std::nullopt) == "2a 1a ");
  CHECK(paged(std::nullopt, DeliveryState::dead_lettered) == "2a 2r 1a ");
  CHECK(paged(std::nullopt, DeliveryState::waiting) == "3r ");
  CHECK(paged(std::nullopt, DeliveryState::delivered) == "1r ");
  CHECK(paged("receiver", DeliveryState::dead_lettered) == "2r ");
  CHECK(paged("another", DeliveryState::waiting).empty());
  CHECK(paged("nobody", std::nullopt).empty());
  const auto offset = outbox.store.read([](Reader& reader) {
    return reader.outbox().list_deliveries(std::nullopt, std::nullopt, {.limit = 9, .offset = 3});
  });
  CHECK(ids_of(offset.rows) == EventIds{1, 1});
}

TEST_CASE("a cursor that no list of deliveries gave is refused") {
  Outbox outbox(each_engine());
  outbox.notify();
  outbox.commit(outbox.next_batch(), outbox.fail(minutes(1)));
  for (const char* cursor :
       {"", "x", "1", ".receiver", "-1.receiver", "99999999999999999999.receiver"}) {
    INFO(cursor);
    CHECK_THROWS_AS(outbox.store.read([&](Reader& reader) {
      return reader.outbox().list_deliveries(std::nullopt, std::nullopt, {.cursor = cursor});
    }),
                    Error);
  }
}
