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

/// A change to a webhook; absent members stay as they are.
struct WebhookChange {
  std::optional<std::string> url;
  std::optional<bool> enabled;
};

/// The use cases for webhooks. Each makes one change with its audit event, inside the unit of work
/// that it receives. The audit trail has only the origin of a URL, and never a secret. Thread-safe
/// and stateless.
class WebhookService {
 public:
  WebhookService(Clock now, RandomBytes random);

  /// Adds a webhook that receives events from now on. An empty `secret` is replaced by a new one.
  /// Throws Error{conflict} if there are max_webhooks already.
  Webhook add(Tx& tx, const std::string& url, std::string secret, const Caller& caller) const;

  /// A disabled webhook receives nothing; once enabled, it receives events from then on. Throws
  /// Error{not_found}.
  Webhook change(Tx& tx, std::string_view id, const WebhookChange& change,
                 const Caller& caller) const;

  /// Deletes it with its log. Throws Error{not_found}.
  void remove(Tx& tx, std::string_view id, const Caller& caller) const;

  /// Disables the webhooks that demo mode added, when anybody could, and that no account has
  /// changed since. Returns their ids. For the start in accounts mode.
  std::vector<std::string> disable_those_of_demo(Tx& tx) const;

  /// Disables the webhook, if it still exists and is enabled: its receiver wants no more.
  /// `message_id`: the message that it answered so.
  void disable_gone(Tx& tx, std::string_view id, const std::string& message_id) const;

 private:
  void disable(Tx& tx, Webhook webhook, const std::string& reason,
               const std::string& request_id) const;
  void record(Tx& tx, std::string_view type, const Webhook& webhook, Payload more,
              const Caller& caller) const;

  Clock now_;
  RandomBytes random_;
};

/// Scheme, host and port only: receivers often have secrets in the path and in the query.
std::string place_of(std::string_view url);

}  // namespace hss::domain
