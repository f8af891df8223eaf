#include "storage/sql/webhooks.h"

#include <unordered_map>

#include "storage/json_text.h"

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
  // Changes of webhooks are few, and not every engine can look into a payload.
  std::unordered_map<std::string, std::string> last_actors;
  for (Query rows(connection_,
                  "SELECT payload, actor FROM audit_events"
                  " WHERE event_type = 'webhook_added' OR event_type = 'webhook_changed'"
                  " ORDER BY id");
       rows.step();) {
    last_actors[payload_text(rows.text(0), "webhook_id")] = rows.text(1);
  }
  std::vector<std::string> ids;
  for (const Webhook& webhook : list()) {
    const auto last = last_actors.find(webhook.id);
    if (webhook.enabled && last != last_actors.end() && last->second == actor) {
      ids.push_back(webhook.id);
    }
  }
  return ids;
}

bool SqlWebhookWriter::insert(const Webhook& webhook) {
  if (this->find(webhook.id)) return false;
  enqueue(connection_,
          "INSERT INTO webhooks (id, url, secret, enabled, disabled_reason, created_at)"
          " VALUES (?, ?, ?, ?, ?, ?)",
          webhook.id, webhook.url, Query::Blob{webhook.secret}, webhook.enabled ? 1 : 0,
          webhook.disabled_reason, webhook.created_at);
  return true;
}

void SqlWebhookWriter::update(const Webhook& webhook) {
  enqueue(connection_, "UPDATE webhooks SET url = ?, enabled = ?, disabled_reason = ? WHERE id = ?",
          webhook.url, webhook.enabled ? 1 : 0, webhook.disabled_reason, webhook.id);
}

void SqlWebhookWriter::remove(std::string_view id) {
  enqueue(connection_, "DELETE FROM webhooks WHERE id = ?", id);
}

template class WebhookQueries<domain::WebhookReader>;
template class WebhookQueries<domain::WebhookWriter>;

}  // namespace hss::storage
