#pragma once

#include <chrono>
#include <string>

#include "domain/clock.h"
#include "domain/events/publisher.h"
#include "domain/events/webhook.h"
#include "outgoing/client.h"
#include "outgoing/lookup.h"
#include "platform/socket.h"

namespace hss::events {

/// How webhooks are called.
struct WebhookCalls {
  domain::Clock now;
  /// True if webhooks may use private, loopback and other special addresses.
  bool may_be_private = false;
  std::chrono::milliseconds connect_timeout{3'000};
  std::chrono::milliseconds answer_timeout{10'000};
  outgoing::Resolver resolver = platform::look_up;
};

/// Throws Error{validation_error} unless `url` is allowed for a webhook: http or https, no user
/// information, a host that resolves now and not to a special address. Asks the name service, for
/// `connect_timeout` at most. Every connection checks the address again.
void require_webhook_address(const WebhookCalls& calls, const std::string& url);

/// Sends messages to one webhook, by the rules of Standard Webhooks. Used by one thread, except for
/// stop().
class WebhookSender {
 public:
  WebhookSender(const WebhookCalls& calls, const domain::Webhook& webhook);

  /// `id` is the same whenever the same message is sent. A 2xx answer is `delivered`, 410
  /// `refused`, any other and none `failed`. The rest of the answer is not kept.
  domain::DeliveryResult send(const std::string& id, const std::string& body,
                              domain::Deadline deadline = domain::no_deadline);
  void stop() { client_.stop(); }

 private:
  const domain::Clock now_;
  const std::string secret_;
  const outgoing::Url url_;
  outgoing::Client client_;
};

}  // namespace hss::events
