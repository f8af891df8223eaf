#include "storage/sqlite/sql_views.h"

namespace hss::storage {
namespace {

using domain::Webhook;

#define SELECT_WEBHOOKS "SELECT id, url, secret, enabled, disabled_reason, created_at FROM webhooks"

Webhook webhook_of(const Query& row) {
  return {.id = row.text(0),
          .url = row.text(1),
          .secret = row.secret(2),
          .enabled = row.integer(3) != 0,
          .disabled_reason = row.text(4),
          .created_at = row.text(5)};
}

}  // namespace

template <class View>
std::optional<Webhook> SqlWebhookView<View>::find_webhook(std::string_view id) {
  Query row(connection_, SELECT_WEBHOOKS " WHERE id = ?", id);
  if (!row.step()) return std::nullopt;
  return webhook_of(row);
}

template <class View>
std::vector<Webhook> SqlWebhookView<View>::list_webhooks() {
  std::vector<Webhook> webhooks;
  for (Query rows(connection_, SELECT_WEBHOOKS " ORDER BY created_at, id"); rows.step();) {
    webhooks.push_back(webhook_of(rows));
  }
  return webhooks;
}

template <class View>
std::vector<std::string> SqlWebhookView<View>::list_webhooks_changed_last_by(
    std::string_view actor) {
  std::vector<std::string> ids;
  for (Query rows(connection_,
                  "SELECT w.id FROM webhooks w WHERE w.enabled AND ? = (SELECT e.actor"
                  " FROM audit_events e WHERE e.event_type IN ('webhook_added', 'webhook_changed')"
                  " AND json_extract(e.payload, '$.webhook_id') = w.id ORDER BY e.id DESC LIMIT 1)"
                  " ORDER BY w.created_at, w.id",
                  actor);
       rows.step();) {
    ids.push_back(rows.text(0));
  }
  return ids;
}

bool SqlTx::insert_webhook(const Webhook& webhook) {
  return execute(connection_,
                 "INSERT INTO webhooks (id, url, secret, enabled, disabled_reason, created_at)"
                 " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                 webhook.id, webhook.url, Query::Blob{webhook.secret}, webhook.enabled ? 1 : 0,
                 webhook.disabled_reason, webhook.created_at) == 1;
}

void SqlTx::update_webhook(const Webhook& webhook) {
  execute(connection_, "UPDATE webhooks SET url = ?, enabled = ?, disabled_reason = ? WHERE id = ?",
          webhook.url, webhook.enabled ? 1 : 0, webhook.disabled_reason, webhook.id);
}

void SqlTx::delete_webhook(std::string_view id) {
  execute(connection_, "DELETE FROM webhooks WHERE id = ?", id);
}

template class SqlWebhookView<domain::Reader>;
template class SqlWebhookView<domain::Tx>;

}  // namespace hss::storage
