#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/accounts/principal.h"
#include "domain/clock.h"
#include "domain/events/event.h"
#include "domain/reference.h"
#include "domain/store.h"

namespace hss::domain {

/// What changes; absent: it stays.
struct WebhookChange {
  std::optional<std::string> url;
  std::optional<bool> enabled;
};

/// The use cases of who hears of events. Each makes one change with its audit event, inside the
/// unit of work that it is handed. The audit trail has of a URL only where it leads, and
/// never a secret.
/// Thread-safe; holds no state of its own.
class WebhookService {
 public:
  WebhookService(Clock now, RandomBytes random);

  /// It hears of what happens from now on. Empty `secret`: one is made. Throws Error{conflict}
  /// where there are max_webhooks already.
  Webhook add(Tx& tx, const std::string& url, std::string secret, const Caller& caller) const;

  /// One that is disabled hears nothing; enabled, it hears of what happens from then on. Throws
  /// Error{not_found}.
  Webhook change(Tx& tx, std::string_view id, const WebhookChange& change,
                 const Caller& caller) const;

  /// With its log. Throws Error{not_found}.
  void remove(Tx& tx, std::string_view id, const Caller& caller) const;

  /// Disables those that demo mode set up, where anybody could, and nobody with an account since.
  /// Gives their ids. For the start in accounts mode.
  std::vector<std::string> disable_those_of_demo(Tx& tx) const;

  /// Disables the webhook, if it is still there and enabled: its receiver wants no more.
  /// `message_id`: the message to which it said so.
  void disable_gone(Tx& tx, std::string_view id, const std::string& message_id) const;

 private:
  void disable(Tx& tx, Webhook webhook, const std::string& reason,
               const std::string& request_id) const;
  void record(Tx& tx, std::string_view type, const Webhook& webhook, Payload more,
              const Caller& caller) const;

  Clock now_;
  RandomBytes random_;
};

/// Scheme, host and port: receivers like to have secrets in the path and in the query.
std::string place_of(std::string_view url);

}  // namespace hss::domain
