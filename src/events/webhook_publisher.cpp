#include "events/webhook_publisher.h"

#include <utility>

#include "events/message.h"

namespace hss::events {

WebhookPublisher::WebhookPublisher(const WebhookCalls& calls, const domain::Webhook& webhook,
                                   std::function<void(const std::string&)> gone)
    : sender_(calls, webhook), gone_(std::move(gone)) {}

std::vector<domain::Told> WebhookPublisher::publish(std::span<const domain::OutboxEvent> events,
                                                    domain::Deadline deadline) {
  std::vector<domain::Told> told;
  for (const domain::OutboxEvent& event : events) {
    const std::string id = message_id_of(event);
    told.push_back(sender_.send(id, message_of(event), deadline));
    if (told.back().result == domain::Told::Result::refused) gone_(id);
  }
  return told;
}

}  // namespace hss::events
