#pragma once

#include "domain/events/outbox.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// The outbox: published events and their deliveries. `Interface` is domain::OutboxReader, or
/// domain::OutboxWriter, which includes it.
template <class Interface>
class OutboxQueries : public Interface {
 public:
  explicit OutboxQueries(Connection& connection) : connection_(connection) {}

  std::vector<domain::OutboxEvent> list_after(std::int64_t id, int limit) override;
  std::vector<domain::OutboxEvent> list_own_after(std::string_view owner, std::int64_t id,
                                                  int limit) override;
  std::int64_t last_event_id() override;
  std::vector<domain::OutboxTarget> list_targets() override;
  domain::OutboxBatch next_batch(std::string_view target, std::string_view now, int limit,
                                 domain::BatchOrder order) override;
  domain::Slice<domain::Delivery> list_deliveries(const std::optional<std::string>& target,
                                                  std::optional<domain::DeliveryState> state,
                                                  const domain::Page& page) override;

 protected:
  Connection& connection_;

 private:
  void skip_untold(domain::OutboxBatch& batch);
  bool waits(std::string_view target, std::string_view booking_id);
  std::int64_t count_waiting(std::string_view target, std::int64_t at_most);
};

using SqlOutboxReader = OutboxQueries<domain::OutboxReader>;

class SqlOutboxWriter final : public OutboxQueries<domain::OutboxWriter> {
 public:
  using OutboxQueries::OutboxQueries;

  void insert_target(std::string_view name) override;
  void delete_target(std::string_view name) override;
  void silence_target(std::string_view name) override;
  void restart_target(std::string_view name) override;
  bool commit_batch(std::string_view target, const domain::BatchResult& result) override;
  bool retry_delivery(std::string_view target, std::int64_t event_id,
                      std::string_view now) override;
  std::int64_t retry_dead_lettered(std::string_view target, std::string_view now) override;
};

}  // namespace hss::storage
