#pragma once

#include <functional>
#include <string>

#include "domain/events/publisher.h"
#include "events/webhook_sender.h"

namespace hss::events {

/// Posts events to one webhook, one at a time.
class WebhookPublisher final : public domain::Publisher {
 public:
  /// Calls `gone` with the message's id if the receiver wants no more.
  WebhookPublisher(const WebhookCalls& calls, const domain::Webhook& webhook,
                   std::function<void(const std::string& message_id)> gone);

  std::vector<domain::DeliveryResult> publish(std::span<const domain::OutboxEvent> events,
                                              domain::Deadline deadline) override;
  void stop() override { sender_.stop(); }

 private:
  WebhookSender sender_;
  const std::function<void(const std::string&)> gone_;
};

}  // namespace hss::events
