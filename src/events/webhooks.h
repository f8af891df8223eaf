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

/// Runs a dispatcher for each enabled webhook, so that one that hangs delays no other. Thread-safe.
class Webhooks {
 public:
  /// `report` receives lines for the log. All arguments outlive this.
  Webhooks(domain::Store& store, WebhookCalls calls, domain::RandomBytes random,
           std::function<void(const std::string&)> report);
  /// Stops.
  ~Webhooks();
  Webhooks(const Webhooks&) = delete;
  Webhooks& operator=(const Webhooks&) = delete;

  const domain::WebhookService& service() const { return service_; }

  /// Throws as require_webhook_address() does.
  void require_address(const std::string& url) const { require_webhook_address(calls_, url); }
  /// Sends a message of the type `test` now, bypassing the outbox. Throws Error{rate_limited} if
  /// several are under way already. stop() ends it at once.
  domain::DeliveryResult test(const domain::Webhook& webhook);

  /// Delivers events from now on, in threads of its own, and follows changes to the webhooks.
  void start();
  /// Aborts calls under way, tests too; events without an answer count as not delivered.
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
  std::map<std::string, std::unique_ptr<Running>> running_;  ///< by id; only the thread uses it
  std::mutex mutex_;
  std::condition_variable changed_;
  bool has_change_ = true;
  bool stopping_ = false;
  std::vector<WebhookSender*> tests_;  ///< under way
  std::unique_ptr<domain::Subscription> watch_;
  std::thread thread_;
};

}  // namespace hss::events
