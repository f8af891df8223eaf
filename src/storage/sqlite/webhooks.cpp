#include "storage/sqlite/webhooks.h"

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

template <class Interface>
std::optional<Webhook> WebhookQueries<Interface>::find(std::string_view id) {
  Query row(connection_, SELECT_WEBHOOKS " WHERE id = ?", id);
  if (!row.step()) return std::nullopt;
  return webhook_of(row);
}

template <class Interface>
std::vector<Webhook> WebhookQueries<Interface>::list() {
  std::vector<Webhook> webhooks;
  for (Query rows(connection_, SELECT_WEBHOOKS " ORDER BY created_at, id"); rows.step();) {
    webhooks.push_back(webhook_of(rows));
  }
  return webhooks;
}

template <class Interface>
std::vector<std::string> WebhookQueries<Interface>::list_changed_last_by(std::string_view actor) {
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

bool SqliteWebhookWriter::insert(const Webhook& webhook) {
  return execute(connection_,
                 "INSERT INTO webhooks (id, url, secret, enabled, disabled_reason, created_at)"
                 " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                 webhook.id, webhook.url, Query::Blob{webhook.secret}, webhook.enabled ? 1 : 0,
                 webhook.disabled_reason, webhook.created_at) == 1;
}

void SqliteWebhookWriter::update(const Webhook& webhook) {
  execute(connection_, "UPDATE webhooks SET url = ?, enabled = ?, disabled_reason = ? WHERE id = ?",
          webhook.url, webhook.enabled ? 1 : 0, webhook.disabled_reason, webhook.id);
}

void SqliteWebhookWriter::remove(std::string_view id) {
  execute(connection_, "DELETE FROM webhooks WHERE id = ?", id);
}

template class WebhookQueries<domain::WebhookReader>;
template class WebhookQueries<domain::WebhookWriter>;

}  // namespace hss::storage
