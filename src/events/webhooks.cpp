#include "events/webhooks.h"

#include <array>
#include <exception>
#include <utility>

#include "crypto/digest.h"
#include "domain/error.h"
#include "events/dispatcher.h"
#include "events/event_payload.h"
#include "events/webhook_publisher.h"

namespace hss::events {
namespace {

using domain::Webhook;
using std::chrono::milliseconds;

/// Webhooks change seldom and commits are many, so it pauses between two reads.
constexpr milliseconds rest{100};
/// Polling finds what another process changed.
constexpr milliseconds max_poll_pause{5'000};
constexpr std::size_t max_tests = 4;

}  // namespace

/// Delivers events to a webhook while it lives.
class Webhooks::Running {
 public:
  Running(Webhooks& owner, const Webhook& webhook)
      : webhook_(webhook),
        publisher_(owner.calls_, webhook,
                   [&owner, id = webhook.id](const std::string& message_id) {
                     owner.disable_gone(id, message_id);
                   }),
        dispatcher_(owner.store_, publisher_, owner.calls_.now, owner.random_, owner.report_,
                    {.target = webhook.id, .keeps_log = true}) {
    dispatcher_.start();
  }

  bool is_of(const Webhook& webhook) const {
    return webhook.enabled && webhook.url == webhook_.url && webhook.secret == webhook_.secret;
  }

 private:
  const Webhook webhook_;
  WebhookPublisher publisher_;
  Dispatcher dispatcher_;
};

/// Registers a test as under way while it lives.
class Webhooks::Testing {
 public:
  Testing(Webhooks& owner, WebhookSender& sender) : owner_(owner), sender_(sender) {
    const std::lock_guard lock(owner_.mutex_);
    if (owner_.tests_.size() == max_tests) {
      throw domain::Error::rate_limited("Too many webhooks are being tested at once; try again",
                                        std::chrono::seconds(5));
    }
    owner_.tests_.push_back(&sender_);
    if (owner_.stopping_) sender_.stop();
  }
  ~Testing() {
    const std::lock_guard lock(owner_.mutex_);
    std::erase(owner_.tests_, &sender_);
  }
  Testing(const Testing&) = delete;
  Testing& operator=(const Testing&) = delete;

 private:
  Webhooks& owner_;
  WebhookSender& sender_;
};

Webhooks::Webhooks(domain::Store& store, WebhookCalls calls, domain::RandomBytes random,
                   std::function<void(const std::string&)> report)
    : store_(store),
      calls_(std::move(calls)),
      random_(std::move(random)),
      report_(std::move(report)),
      service_(calls_.now, random_) {}

Webhooks::~Webhooks() {
  stop();
}

void Webhooks::start() {
  watch_ = store_.on_commit([this] {
    const std::lock_guard lock(mutex_);
    has_change_ = true;
    changed_.notify_one();
  });
  thread_ = std::thread([this] { run(); });
}

void Webhooks::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (WebhookSender* sender : tests_) sender->stop();
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
  watch_.reset();
}

void Webhooks::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    has_change_ = false;
    lock.unlock();
    try {
      follow();
    } catch (const std::exception& failure) {
      report_(std::string("the webhooks cannot be read: ") + failure.what());
    }
    lock.lock();
    changed_.wait_for(lock, rest, [this] { return stopping_; });
    changed_.wait_for(lock, max_poll_pause, [this] { return stopping_ || has_change_; });
  }
  lock.unlock();
  running_.clear();
}

void Webhooks::follow() {
  const auto webhooks =
      store_.read([](domain::Reader& reader) { return reader.webhooks().list(); });
  std::map<std::string, const Webhook*> wanted;
  for (const Webhook& webhook : webhooks) wanted.emplace(webhook.id, &webhook);
  std::erase_if(running_, [&](const auto& one) {
    const auto found = wanted.find(one.first);
    return found == wanted.end() || !one.second->is_of(*found->second);
  });
  for (const Webhook& webhook : webhooks) {
    if (!webhook.enabled || running_.contains(webhook.id)) continue;
    running_.emplace(webhook.id, std::make_unique<Running>(*this, webhook));
  }
}

void Webhooks::disable_gone(const std::string& id, const std::string& message_id) {
  try {
    store_.transact([&](domain::Tx& tx) { service_.disable_gone(tx, id, message_id); });
    report_("webhook " + id + " is disabled: its receiver answered 410 Gone");
  } catch (const std::exception& failure) {
    report_("webhook " + id + " cannot be disabled as its receiver asks: " + failure.what());
  }
}

domain::DeliveryResult Webhooks::test(const Webhook& webhook) {
  std::array<std::uint8_t, 8> bytes{};
  random_(bytes);
  const std::string id =
      "test_" + crypto::to_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const domain::OutboxEvent event{
      .type = "test", .payload = "{}", .occurred_at = domain::to_rfc3339(calls_.now())};
  WebhookSender sender(calls_, webhook);
  const Testing testing(*this, sender);
  return sender.send(id, event_payload_of(event));
}

}  // namespace hss::events
