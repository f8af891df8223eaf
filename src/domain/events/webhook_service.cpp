#include "domain/events/webhook_service.h"

#include <array>
#include <utility>

#include "domain/error.h"
#include "domain/new_id.h"

namespace hss::domain {
namespace {

constexpr std::size_t made_secret_size = 32;
/// The actor of demo mode; no account has it as its e-mail.

/// The caller for changes that the program itself makes.
Caller the_program(const std::string& request_id) {
  return {
      .principal = {.account = "hss", .role = Role::admin, .auth_method = AuthMethod::by_account},
      .request_id = request_id};
}

std::string yes_or_no(bool value) {
  return value ? "yes" : "no";
}

}  // namespace

std::string place_of(std::string_view url) {
  const std::string_view mark = "://";
  const auto scheme = url.find(mark);
  const auto host = scheme == url.npos ? 0 : scheme + mark.size();
  return std::string(url.substr(0, url.find_first_of("/?#", host)));
}

WebhookService::WebhookService(Clock now, RandomBytes random)
    : now_(std::move(now)), random_(std::move(random)) {}

Webhook WebhookService::add(Tx& tx, const std::string& url, std::string secret,
                            const Caller& caller) const {
  if (tx.webhooks().list().size() >= max_webhooks) {
    throw Error(ErrorCode::conflict, "There are " + std::to_string(max_webhooks) +
                                         " webhooks already; remove one first");
  }
  if (secret.empty()) {
    std::array<std::uint8_t, made_secret_size> bytes{};
    random_(bytes);
    secret.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  Webhook webhook{
      .id = {}, .url = url, .secret = std::move(secret), .created_at = to_rfc3339(now_())};
  insert_with_new_id(webhook_prefix, random_, "webhook number", [&](std::string id) {
    webhook.id = std::move(id);
    return tx.webhooks().insert(webhook);
  });
  tx.outbox().insert_target(webhook.id);
  record(tx, "webhook_added", webhook, {}, caller);
  return webhook;
}

Webhook WebhookService::change(Tx& tx, std::string_view id, const WebhookChange& change,
                               const Caller& caller) const {
  Webhook webhook = tx.webhooks().get(id);
  Payload changes;
  if (change.url && *change.url != webhook.url) {
    changes.emplace_back("former_url", place_of(webhook.url));
    webhook.url = *change.url;
  }
  if (change.enabled && *change.enabled != webhook.enabled) {
    webhook.enabled = *change.enabled;
    webhook.disabled_reason.clear();
    changes.emplace_back("enabled", yes_or_no(webhook.enabled));
    if (webhook.enabled) {
      tx.outbox().restart_target(webhook.id);
    } else {
      tx.outbox().silence_target(webhook.id);
    }
  }
  if (changes.empty()) return webhook;
  tx.webhooks().update(webhook);
  record(tx, "webhook_changed", webhook, std::move(changes), caller);
  return webhook;
}

void WebhookService::remove(Tx& tx, std::string_view id, const Caller& caller) const {
  const Webhook webhook = tx.webhooks().get(id);
  tx.webhooks().remove(webhook.id);
  tx.outbox().delete_target(webhook.id);
  record(tx, "webhook_removed", webhook, {}, caller);
}

void WebhookService::disable_gone(Tx& tx, std::string_view id,
                                  const std::string& message_id) const {
  auto webhook = tx.webhooks().find(id);
  if (!webhook || !webhook->enabled) return;
  disable(tx, *std::move(webhook), "Its receiver answered 410 Gone: it wants no more messages",
          message_id);
}

std::vector<std::string> WebhookService::disable_those_of_demo(Tx& tx) const {
  const auto ids = tx.webhooks().list_changed_last_by(demo_actor);
  for (const std::string& id : ids) {
    disable(tx, tx.webhooks().get(id),
            "It was set up in demo mode, where anybody could; enable it if it is yours", "start");
  }
  return ids;
}

void WebhookService::disable(Tx& tx, Webhook webhook, const std::string& reason,
                             const std::string& request_id) const {
  webhook.enabled = false;
  webhook.disabled_reason = reason;
  tx.webhooks().update(webhook);
  tx.outbox().silence_target(webhook.id);
  record(tx, "webhook_changed", webhook,
         {{"enabled", yes_or_no(false)}, {"reason", webhook.disabled_reason}},
         the_program(request_id));
}

void WebhookService::record(Tx& tx, std::string_view type, const Webhook& webhook, Payload more,
                            const Caller& caller) const {
  Payload payload{{"webhook_id", webhook.id}, {"url", place_of(webhook.url)}};
  // In demo mode anybody can give any name, so none is recorded.
  const bool is_demo = caller.principal.auth_method == AuthMethod::by_role;
  for (auto& member : more) payload.push_back(std::move(member));
  tx.audit().append({.type = std::string(type),
                     .booking_id = std::nullopt,
                     .payload = std::move(payload),
                     .actor = is_demo ? std::string(demo_actor) : caller.principal.account,
                     .actor_role = std::string(to_text(caller.principal.role)),
                     .request_id = caller.request_id,
                     .created_at = to_rfc3339(now_())});
}

}  // namespace hss::domain
