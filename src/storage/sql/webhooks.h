#pragma once

#include "domain/events/webhook.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// Webhooks. `Interface` is domain::WebhookReader, or domain::WebhookWriter, which includes it.
template <class Interface>
class WebhookQueries : public Interface {
 public:
  explicit WebhookQueries(Connection& connection) : connection_(connection) {}

  std::optional<domain::Webhook> find(std::string_view id) override;
  std::vector<domain::Webhook> list() override;
  std::vector<std::string> list_changed_last_by(std::string_view actor) override;

 protected:
  Connection& connection_;
};

using SqlWebhookReader = WebhookQueries<domain::WebhookReader>;

class SqlWebhookWriter final : public WebhookQueries<domain::WebhookWriter> {
 public:
  using WebhookQueries::WebhookQueries;

  bool insert(const domain::Webhook& webhook) override;
  void update(const domain::Webhook& webhook) override;
  void remove(std::string_view id) override;
};

}  // namespace hss::storage
