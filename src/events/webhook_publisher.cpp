#include "events/webhook_publisher.h"

#include <utility>

#include "events/event_payload.h"

namespace hss::events {

WebhookPublisher::WebhookPublisher(const WebhookCalls& calls, const domain::Webhook& webhook,
                                   std::function<void(const std::string&)> gone)
    : sender_(calls, webhook), gone_(std::move(gone)) {}

std::vector<domain::DeliveryResult> WebhookPublisher::publish(
    std::span<const domain::OutboxEvent> events, domain::Deadline deadline) {
  std::vector<domain::DeliveryResult> results;
  for (const domain::OutboxEvent& event : events) {
    const std::string id = event_payload_id_of(event);
    results.push_back(sender_.send(id, event_payload_of(event), deadline));
    if (results.back().result == domain::DeliveryResult::Result::permanent_failure) gone_(id);
  }
  return results;
}

}  // namespace hss::events
