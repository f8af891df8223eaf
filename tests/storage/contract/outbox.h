#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "storage/contract/backend.h"

namespace hss::test {

using EventIds = std::vector<std::int64_t>;

template <class Rows>
EventIds ids_of(const Rows& rows) {
  EventIds ids;
  for (const auto& row : rows) {
    if constexpr (requires { row.event; }) {
      ids.push_back(row.event.id);
    } else {
      ids.push_back(row.id);
    }
  }
  return ids;
}

/// An outbox with the target `receiver`, to which a test delivers by hand.
struct Outbox : Backend {
  explicit Outbox(const Engine& engine) : Backend(engine) {
    change([](domain::OutboxWriter& outbox) { outbox.insert_target("receiver"); });
  }

  void change(const std::function<void(domain::OutboxWriter&)>& change) {
    store.transact([&](domain::Tx& tx) { change(tx.outbox()); });
  }
  /// Inserts `count` events without a booking; returns the id of the last one.
  std::int64_t notify(int count = 1) {
    return store.transact([&](domain::Tx& tx) {
      for (int i = 0; i < count; ++i) {
        bookings.notify(tx, {.message = "Hello", .booking_id = std::nullopt}, staff);
      }
      return tx.outbox().last_event_id();
    });
  }
  domain::OutboxBatch next_batch(int limit = 10,
                                 domain::BatchOrder order = domain::BatchOrder::waiting_first) {
    return store.read([&](domain::Reader& reader) {
      return reader.outbox().next_batch("receiver", now(), limit, order);
    });
  }
  domain::OutboxTarget target(std::size_t at = 0) {
    return store.read([](domain::Reader& reader) { return reader.outbox().list_targets(); }).at(at);
  }
  std::vector<domain::Delivery> deliveries(
      std::optional<domain::DeliveryState> state = std::nullopt,
      std::optional<std::string> name = "receiver") {
    return store
        .read([&](domain::Reader& reader) {
          return reader.outbox().list_deliveries(name, state, {});
        })
        .rows;
  }

  /// Commits the batch; `state_of` gives the state of each delivery.
  void commit(const domain::OutboxBatch& batch,
              const std::function<void(domain::Delivery&)>& deliver, bool keeps_log = false,
              bool is_back = false) {
    domain::BatchResult result{.done = batch.due,
                               .held = batch.held,
                               .position = batch.position,
                               .keeps_log = keeps_log,
                               .is_back = is_back,
                               .now = now()};
    for (domain::Delivery& delivery : result.done) deliver(delivery);
    change([&](domain::OutboxWriter& outbox) { outbox.commit_batch("receiver", result); });
  }
  static void succeed(domain::Delivery& delivery) {
    delivery.state = domain::DeliveryState::delivered;
  }
  static void dead_letter(domain::Delivery& delivery) {
    delivery.state = domain::DeliveryState::dead_lettered;
    delivery.error = "Too large";
  }
  /// Makes a delivery fail that is due again `wait` from now.
  auto fail(std::chrono::milliseconds wait) const {
    return [this, wait](domain::Delivery& delivery) {
      delivery.state = domain::DeliveryState::waiting;
      delivery.tries += 1;
      delivery.next_try_at = later(wait);
      delivery.error = "Nobody answers";
    };
  }
};

}  // namespace hss::test
