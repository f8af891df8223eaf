// Calls to webhooks: what they receive, and what happens when they answer badly.
#include "events/webhooks.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <future>
#include <nlohmann/json.hpp>

#include "domain/bookings/booking_service.h"
#include "domain/error.h"
#include "domain/events/send_again.h"
#include "events/event_payload.h"
#include "events/receiver.h"
#include "events/webhook_publisher.h"
#include "events/webhook_signature.h"
#include "outgoing/broken_server.h"
#include "platform/socket.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::events;
using namespace hss::test;
using namespace std::chrono_literals;
using Json = nlohmann::json;

namespace {

const Clock system_clock = [] { return std::chrono::system_clock::now(); };

/// A store with running webhooks.
class WebhooksFixture {
 public:
  explicit WebhooksFixture(WebhookCalls calls = {.now = system_clock, .may_be_private = true})
      : store(folder.file("hss.db"), [](const std::string&) {}),
        webhooks(store, std::move(calls), seeded_random(), [](const std::string&) {}) {
    webhooks.start();
  }

  std::string add(const std::string& url) {
    return store.transact([&](Tx& tx) { return webhooks.service().add(tx, url, secret, staff); })
        .id;
  }
  void change(const std::string& id, const WebhookChange& change) {
    store.transact([&](Tx& tx) { webhooks.service().change(tx, id, change, staff); });
  }
  Webhook webhook(const std::string& id) {
    return store.read([&](Reader& reader) { return reader.webhooks().get(id); });
  }
  std::string book() {
    return store.transact([&](Tx& tx) { return bookings.create(tx, a_draft(), staff); }).id;
  }
  void approve(const std::string& id) {
    store.transact(
        [&](Tx& tx) { bookings.change_status(tx, id, {.to = Status::approved}, staff); });
  }
  /// Waits until `fits` is true of the webhook's log, and returns it.
  std::vector<Delivery> wait_for_log(
      const std::string& id, const std::function<bool(const std::vector<Delivery>&)>& fits) {
    for (;;) {
      const auto log = store.read([&](Reader& reader) {
        return reader.outbox().list_deliveries(id, std::nullopt, {}).rows;
      });
      if (fits(log)) return log;
      std::this_thread::yield();
    }
  }
  /// Waits until no event is left for it.
  void wait_until_heard(const std::string& id) {
    const auto backlog = [&] {
      std::int64_t count = 0;
      for (const auto& target :
           store.read([](Reader& reader) { return reader.outbox().list_targets(); })) {
        if (target.name == id) count = target.backlog;
      }
      return count;
    };
    while (backlog() > 0) std::this_thread::yield();
  }
  std::vector<Delivery> wait_for_delivered(const std::string& id, std::size_t count) {
    return wait_for_log(id, [&](const auto& log) {
      return static_cast<std::size_t>(
                 std::count_if(log.begin(), log.end(), [](const Delivery& delivery) {
                   return delivery.state == DeliveryState::delivered;
                 })) >= count;
    });
  }

  const std::string secret = std::string(32, 's');
  TempFolder folder;
  hss::storage::SqliteStore store;
  BookingService bookings{system_clock, seeded_random()};
  Webhooks webhooks;
};

std::vector<std::string> errors_of(const WebhookCalls& calls, const std::string& url) {
  try {
    require_webhook_address(calls, url);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::validation_error);
    return error.details();
  }
  return {};
}

}  // namespace

TEST_CASE("a webhook hears what happens from then on, in order, each message signed") {
  Receiver receiver;
  WebhooksFixture office;
  office.book();
  const std::string id = office.add(receiver.url());
  const std::string booking = office.book();
  office.approve(booking);
  const auto messages = receiver.wait_for(2);
  // Event 1 was before the webhook was added, event 2 is the adding itself.
  CHECK(messages[0].id.starts_with("evt_3_"));
  CHECK(messages[1].id.starts_with("evt_4_"));
  CHECK(messages[0].type == "application/json");
  const Json body = Json::parse(messages[0].body);
  CHECK(body["source"] == "hss-backend-api");
  CHECK(body["event_type"] == "booking_submitted");
  CHECK(body["booking_id"] == booking);
  CHECK(body["payload"]["email"] == "thandi@tuks.co.za");
  for (const auto& message : messages) {
    CHECK(message.signature == webhook_signature(office.secret, message.id,
                                                 std::stoll(message.timestamp), message.body));
  }
  const auto log = office.wait_for_delivered(id, 2);
  CHECK(log[0].status_code == 204);
  CHECK(log[0].tries == 1);
  CHECK(log[0].error.empty());
}

TEST_CASE("what a webhook's owner changes holds at once") {
  Receiver first, second;
  WebhooksFixture office;
  const std::string id = office.add(first.url());
  office.book();
  office.wait_for_delivered(id, 1);

  office.change(id, {.url = second.url()});
  // The first may still be called until the change is noticed.
  while (second.count() == 0) {
    office.book();
    office.wait_until_heard(id);
  }
  const auto received_by_first = first.count();
  const auto received_by_second = second.count();

  office.change(id, {.enabled = false});
  for (int i = 0; i < 3; ++i) office.book();
  const std::string other = office.add(first.url());
  office.book();
  office.wait_for_delivered(other, 1);
  office.change(id, {.enabled = true});
  office.book();
  office.wait_until_heard(id);
  office.wait_until_heard(other);
  CHECK(first.count() == received_by_first + 2);
  CHECK(second.count() == received_by_second + 1);

  office.store.transact([&](Tx& tx) { office.webhooks.service().remove(tx, id, staff); });
  CHECK(office.store.read([&](Reader& reader) {
    return reader.outbox().list_deliveries(id, std::nullopt, {}).rows.empty() &&
           reader.outbox().list_targets().size() == 1;
  }));
}

TEST_CASE("a receiver that fails is asked again until it takes the message, under the same id") {
  std::atomic<int> calls = 0;
  Receiver receiver([&](const Receiver::Message&) { return ++calls == 1 ? 500 : 200; });
  WebhooksFixture office;
  const std::string id = office.add(receiver.url());
  office.book();
  const auto messages = receiver.wait_for(2);
  CHECK(messages[0].id == messages[1].id);
  const auto log = office.wait_for_delivered(id, 1);
  CHECK(log[0].tries == 2);
  const auto targets =
      office.store.read([](Reader& reader) { return reader.outbox().list_targets(); });
  CHECK(targets.at(0).last_error == "The answer was 500");
}

TEST_CASE("a receiver that says when to come back hears nothing before") {
  WebhooksFixture office;
  std::atomic<bool> is_open = false;
  const auto began = std::chrono::steady_clock::now();
  Receiver receiver([&](const auto&) { return is_open ? 204 : 429; }, "2");
  const std::string id = office.add(receiver.url());
  office.book();
  receiver.wait_for(1);
  is_open = true;
  // Another booking must not cause another try.
  office.book();
  office.wait_until_heard(id);
  CHECK(std::chrono::steady_clock::now() - began >= 2s);
  CHECK(receiver.count() == 3);
}

TEST_CASE("a receiver that asks for a year is asked again within the hour") {
  WebhooksFixture office;
  Receiver receiver([](const auto&) { return 503; }, "31536000");
  const std::string id = office.add(receiver.url());
  office.book();
  const auto log = office.wait_for_log(id, [](const auto& rows) { return !rows.empty(); });
  const auto wait = from_rfc3339(log.front().next_try_at) - std::chrono::system_clock::now();
  CHECK(wait > 59min);
  CHECK(wait <= 61min);
  CHECK(log.front().state == DeliveryState::waiting);
}

TEST_CASE("only what is overloaded is left alone for as long as it asks") {
  WebhooksFixture office;
  std::atomic<bool> is_open = false;
  Receiver receiver([&](const auto&) { return is_open.exchange(true) ? 204 : 500; }, "3600");
  const std::string id = office.add(receiver.url());
  office.book();
  office.wait_until_heard(id);
  CHECK(receiver.count() == 2);
}

TEST_CASE("after a backup is restored, no other event comes under the id of one that was told") {
  std::vector<std::string> ids;
  for (const char* name : {"Thandi Mokoena", "Johan Botha"}) {
    Receiver receiver;
    WebhooksFixture office;
    const std::string id = office.add(receiver.url());
    BookingDraft draft = a_draft();
    draft.customer_name = name;
    office.store.transact([&](Tx& tx) { office.bookings.create(tx, draft, staff); });
    ids.push_back(receiver.wait_for(1)[0].id);
    const auto log = office.wait_for_delivered(id, 1);
    CHECK(log[0].event.id == 2);
    CHECK(event_payload_id_of(log[0].event) == ids.back());
    CHECK(ids.back().size() == std::string("evt_2_0123456789ab").size());
  }
  CHECK(ids[0] != ids[1]);
}

TEST_CASE("a redirect is not followed, and is no delivery") {
  Receiver receiver([](const Receiver::Message&) { return 302; });
  const WebhookCalls calls{.now = system_clock, .may_be_private = true};
  WebhookSender sender(calls, {.url = receiver.url(), .secret = std::string(24, 's')});
  const DeliveryResult result = sender.send("evt_1", "{}");
  CHECK(result.result == DeliveryResult::Result::failed);
  CHECK(result.status_code == 302);
  CHECK(result.error == "The answer was 302");
  CHECK(receiver.count() == 1);
}

TEST_CASE("a receiver that answers 410 is told nothing more, and the owner sees why") {
  Receiver receiver([](const Receiver::Message&) { return 410; });
  WebhooksFixture office;
  const std::string id = office.add(receiver.url());
  office.book();
  const auto log = office.wait_for_log(id, [](const auto& rows) {
    return !rows.empty() && rows[0].state == DeliveryState::dead_lettered;
  });
  CHECK(log.size() == 1);
  CHECK(log[0].status_code == 410);
  const Webhook webhook = office.webhook(id);
  CHECK_FALSE(webhook.enabled);
  CHECK(webhook.disabled_reason == "Its receiver answered 410 Gone: it wants no more messages");
  const auto trail = office.store.read([](Reader& reader) {
    return reader.audit()
        .list({.booking_id = std::nullopt, .event_type = "webhook_changed"}, {})
        .rows;
  });
  REQUIRE(trail.size() == 1);
  CHECK(trail[0].actor == "hss");
  CHECK(trail[0].request_id.starts_with("evt_2_"));

  Receiver other;
  const std::string fresh = office.add(other.url());
  office.book();
  office.wait_for_delivered(fresh, 1);
  CHECK(receiver.count() == 1);
  office.change(id, {.enabled = true});
  CHECK(office.webhook(id).disabled_reason.empty());
}

TEST_CASE("a receiver that hangs holds up no other, nor the end of the program") {
  BrokenServer hanging([](BrokenServer& server, auto connection) {
    BrokenServer::receive(connection);
    server.hang();
  });
  Receiver receiver;
  {
    WebhooksFixture office;
    office.add(hanging.url());
    const std::string id = office.add(receiver.url());
    for (int i = 0; i < 20; ++i) office.book();
    hanging.wait_for_call();
    office.wait_for_delivered(id, 20);
    const auto began = std::chrono::steady_clock::now();
    office.webhooks.stop();
    CHECK(std::chrono::steady_clock::now() - began < 5s);
  }
  CHECK(receiver.count() == 20);
}

TEST_CASE("a receiver that hangs is given up in time") {
  BrokenServer hanging([](BrokenServer& server, auto connection) {
    BrokenServer::receive(connection);
    server.hang();
  });
  const WebhookCalls calls{.now = system_clock, .may_be_private = true, .answer_timeout = 50ms};
  WebhookSender sender(calls, {.url = hanging.url(), .secret = std::string(24, 's')});
  const DeliveryResult result = sender.send("evt_1", "{}");
  CHECK(result.result == DeliveryResult::Result::failed);
  CHECK(result.status_code == 0);
  CHECK(result.error.find("did not answer in time") != std::string::npos);
}

TEST_CASE("an event is sent again when somebody asks for it, under the same id") {
  Receiver receiver;
  WebhooksFixture office;
  const std::string id = office.add(receiver.url());
  office.book();
  const auto log = office.wait_for_delivered(id, 1);
  office.store.transact(
      [&](Tx& tx) { send_again(tx, id, log[0].event.id, to_rfc3339(system_clock())); });
  const auto messages = receiver.wait_for(2);
  CHECK(messages[0].id == messages[1].id);
  CHECK(messages[0].body == messages[1].body);
}

TEST_CASE("a test message goes to one webhook, past the outbox") {
  Receiver receiver;
  WebhooksFixture office;
  const std::string id = office.add(receiver.url());
  const DeliveryResult result = office.webhooks.test(office.webhook(id));
  CHECK(result.result == DeliveryResult::Result::delivered);
  CHECK(result.status_code == 204);
  const auto messages = receiver.wait_for(1);
  CHECK(messages[0].id.starts_with("test_"));
  CHECK(Json::parse(messages[0].body)["event_type"] == "test");
  CHECK(office.store.read([&](Reader& reader) {
    return reader.outbox().list_deliveries(id, std::nullopt, {}).rows.empty();
  }));
}

TEST_CASE("the end of the program does not wait for a webhook that is being tested") {
  BrokenServer hanging([](BrokenServer& server, auto connection) {
    BrokenServer::receive(connection);
    server.hang();
  });
  WebhooksFixture office({.now = system_clock, .may_be_private = true, .answer_timeout = 60s});
  const Webhook webhook{.url = hanging.url(), .secret = std::string(24, 's')};
  auto tested = std::async(std::launch::async, [&] { return office.webhooks.test(webhook); });
  hanging.wait_for_call();
  office.webhooks.stop();
  CHECK(tested.get().error == "The request was ended from here");
  CHECK(office.webhooks.test(webhook).error == "The request was ended from here");
}

TEST_CASE("tests that went wrong do not stand in the way of later ones") {
  Receiver receiver;
  TempFolder folder;
  hss::storage::SqliteStore store(folder.file("hss.db"), [](const std::string&) {});
  int asked = 0;
  bool is_broken = true;
  // The clock is read once for the message, and once for sending it.
  const Clock clock = [&] {
    if (is_broken && ++asked % 2 == 0) throw std::runtime_error("The clock broke");
    return system_clock();
  };
  Webhooks webhooks(store, {.now = clock, .may_be_private = true}, seeded_random(),
                    [](const std::string&) {});
  const Webhook webhook{.url = receiver.url(), .secret = std::string(24, 's')};
  for (int i = 0; i < 6; ++i) CHECK_THROWS_WITH(webhooks.test(webhook), "The clock broke");
  is_broken = false;
  CHECK(webhooks.test(webhook).result == DeliveryResult::Result::delivered);
}

TEST_CASE("a webhook's address is refused where it leads inside, by whatever name") {
  const WebhookCalls calls{.now = system_clock, .resolver = [](const std::string& host) {
                             if (host == "hooks.example") {
                               return std::vector<std::string>{"93.184.215.14", "2606:4700::1111"};
                             }
                             if (host == "half.example") {
                               return std::vector<std::string>{"93.184.215.14", "192.168.0.9"};
                             }
                             if (host == "unknown.example") return std::vector<std::string>{};
                             return hss::platform::look_up(host);
                           }};
  for (const char* url : {"https://hooks.example/a?token=b", "http://hooks.example:8080",
                          "https://93.184.215.14/", "http://[2606:4700::1111]/"}) {
    INFO(url);
    CHECK(errors_of(calls, url).empty());
  }
  for (const char* url :
       {"http://127.0.0.1:9000/", "http://localhost/", "http://half.example/",
        "http://169.254.169.254/latest/meta-data", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/", "http://10.1.2.3/", "http://100.64.0.1/", "http://0.0.0.0/",
        "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://017700000001/"}) {
    INFO(url);
    const auto errors = errors_of(calls, url);
    REQUIRE(errors.size() == 1);
    // Some systems do not parse an address with fewer dots.
    CHECK((errors[0].find("private network") != std::string::npos ||
           errors[0].find("not known") != std::string::npos));
  }
  CHECK(errors_of(calls, "http://unknown.example/")[0] ==
        "url names a host that is not known here: unknown.example");
  for (const std::string& url :
       {std::string("ftp://hooks.example"), std::string("hooks.example"), std::string("http://"),
        std::string("http://me:secret@hooks.example/"), std::string("http://me@hooks.example/"),
        std::string("http://hooks.example:0/"), std::string("http://hooks.example:99999/"),
        std::string("http://hooks.example/a b"), std::string("http://hooks.example/\r\nX: y"),
        "http://hooks.example/" + std::string(2000, 'a')}) {
    INFO(url);
    const auto errors = errors_of(calls, url);
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].starts_with("url must be an http"));
  }
  CHECK(errors_of({.now = system_clock, .may_be_private = true}, "http://127.0.0.1:9000/").empty());
}

TEST_CASE("a name that moves inside after it was checked leads nowhere") {
  Receiver receiver;
  std::atomic<int> asked = 0;
  const WebhookCalls calls{
      .now = system_clock, .resolver = [&](const std::string&) {
        return std::vector<std::string>{++asked == 1 ? "93.184.215.14" : "127.0.0.1"};
      }};
  const std::string url = "http://rebound.example:" + std::to_string(receiver.port()) + "/hook";
  CHECK(errors_of(calls, url).empty());
  WebhookSender sender(calls, {.url = url, .secret = std::string(24, 's')});
  for (int i = 0; i < 2; ++i) {
    const DeliveryResult result = sender.send("evt_1", "{}");
    CHECK(result.result == DeliveryResult::Result::failed);
    CHECK(result.error.find("is at an address that must not be called") != std::string::npos);
  }
  CHECK(asked >= 3);
  CHECK(receiver.count() == 0);

  const WebhookCalls open{.now = system_clock, .may_be_private = true, .resolver = [](const auto&) {
                            return std::vector<std::string>{"127.0.0.1"};
                          }};
  CHECK(WebhookSender(open, {.url = url, .secret = std::string(24, 's')})
            .send("evt_1", "{}")
            .result == DeliveryResult::Result::delivered);
}
