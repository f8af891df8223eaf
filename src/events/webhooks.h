#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "domain/clock.h"
#include "domain/events/webhook_service.h"
#include "domain/reference.h"
#include "domain/store.h"
#include "events/webhook_sender.h"

namespace hss::events {

/// Keeps a dispatcher for each enabled webhook, so that one which hangs holds up no other.
/// Thread-safe.
class Webhooks {
 public:
  /// `report` is told what the log should tell. All outlive this.
  Webhooks(domain::Store& store, WebhookCalls calls, domain::RandomBytes random,
           std::function<void(const std::string&)> report);
  /// Stops.
  ~Webhooks();
  Webhooks(const Webhooks&) = delete;
  Webhooks& operator=(const Webhooks&) = delete;

  const domain::WebhookService& service() const { return service_; }

  /// As require_webhook_address().
  void require_address(const std::string& url) const { require_webhook_address(calls_, url); }
  /// Sends a message of the type `test` now, past the outbox. Throws Error{rate_limited} where
  /// several are under way already. From stop() on it ends at once.
  domain::DeliveryResult test(const domain::Webhook& webhook);

  /// Tells events from now on, in threads of its own, and follows what becomes of the webhooks.
  void start();
  /// Calls under way are ended, tests too; what they told counts as not told.
  void stop();

 private:
  class Running;
  class Testing;

  void run();
  void follow();
  void disable_gone(const std::string& id, const std::string& message_id);

  domain::Store& store_;
  const WebhookCalls calls_;
  const domain::RandomBytes random_;
  const std::function<void(const std::string&)> report_;
  const domain::WebhookService service_;
  std::map<std::string, std::unique_ptr<Running>> running_;  ///< by id; the thread's
  std::mutex mutex_;
  std::condition_variable changed_;
  bool has_change_ = true;
  bool stopping_ = false;
  std::vector<WebhookSender*> tests_;  ///< under way
  std::unique_ptr<domain::Subscription> watch_;
  std::thread thread_;
};

}  // namespace hss::events
