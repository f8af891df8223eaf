#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "api/accounts_fixture.h"
#include "api/events/listener.h"

using namespace hss::test;
using namespace std::chrono_literals;
using hss::domain::Role;

namespace {

/// A store that notifies its subscribers when the test says so, as a busy writer notifies late.
class LateStore final : public hss::domain::Store {
 public:
  void notify_subscribers() const {
    for (const auto& changed : watchers_) changed();
  }
  std::string book() {
    return store_
        .transact([&](hss::domain::Tx& tx) { return bookings_.create(tx, a_draft(), staff); })
        .id;
  }

  hss::domain::AuditReport verify_audit(std::string_view now) override {
    return store_.verify_audit(now);
  }
  void check() override { store_.check(); }
  std::uint64_t revision() override { return store_.revision(); }
  std::unique_ptr<hss::domain::Subscription> on_commit(std::function<void()> changed) override {
    watchers_.push_back(std::move(changed));
    return std::make_unique<hss::domain::Subscription>();
  }
  std::unique_ptr<hss::domain::Subscription> on_rights_change(
      std::function<void()> changed) override {
    return store_.on_rights_change(std::move(changed));
  }
  hss::domain::TicketStore& tickets() override { return store_.tickets(); }
  std::unique_ptr<hss::domain::Lease> ask_for_lease(std::string target,
                                                    std::function<void()> acquired) override {
    return store_.ask_for_lease(std::move(target), std::move(acquired));
  }

 private:
  void do_read(const std::function<void(hss::domain::Reader&)>& work) override {
    store_.read([&](hss::domain::Reader& reader) { work(reader); });
  }
  std::unique_ptr<hss::domain::UnitOfWork> prepare(std::function<void(hss::domain::Tx&)>) override {
    throw std::logic_error("a feed writes nothing");
  }

  TestClock clock_;
  hss::storage::SqliteStore store_{":memory:", [](const std::string&) {}};
  hss::domain::BookingService bookings_{clock_.clock(), seeded_random()};
  std::vector<std::function<void()>> watchers_;
};

const std::string events = "/api/v1/events";

/// The data of the last event, as JSON.
Json last_data(const Listener& listener) {
  const std::string text = listener.text();
  const auto at = text.rfind("data: ") + 6;
  return Json::parse(text.substr(at, text.find('\n', at) - at));
}

std::string ticket_of(const hss::api::Response& response) {
  REQUIRE(response.status == 201);
  CHECK(body_of(response)["expires_in"] == 30);
  CHECK(header_of(response, "Cache-Control") == "no-store");
  return body_of(response)["ticket"];
}

}  // namespace

TEST_CASE("an event stream tells what happens from now on, as the message bus would hear it") {
  const Api api;
  const std::string before = api.booking();
  const auto response = api.get(events);
  CHECK(header_of(response, "Content-Type") == "text/event-stream");
  CHECK(header_of(response, "Cache-Control") == "no-store");
  CHECK(header_of(response, "X-Accel-Buffering") == "no");
  const auto received = listen(response);
  CHECK(received->receives("retry: "));
  const std::string id = api.booking("approved");
  REQUIRE(received->receives("event: status_updated\n"));
  CHECK(received->text().find(before) == std::string::npos);
  CHECK(received->receives("event: booking_submitted\ndata: {\"source\":\"hss-backend-api\""));
  CHECK(received->ids() == std::vector<std::int64_t>{2, 3});
  const Json data = last_data(*received);
  CHECK(data["event_type"] == "status_updated");
  CHECK(data["booking_id"] == id);
  CHECK(data["occurred_at"] == "2026-11-22T08:00:00.000Z");
  CHECK(data["payload"]["to"] == "approved");
}

TEST_CASE("a stream goes on behind the event that its client heard last") {
  const Api api;
  for (int i = 0; i < 5; ++i) api.booking();
  const auto ids_from = [&](const std::string& target, hss::api::Fields headers) {
    const auto received = listen(api.send("GET", target, "", std::move(headers)));
    api.post("/api/v1/notifications", R"({"message":"The end"})");
    REQUIRE(received->receives("event: notification"));
    auto ids = received->ids();
    return ids.empty() ? 0 : ids.front();
  };
  CHECK(ids_from(events, {{"Last-Event-ID", "3"}}) == 4);
  CHECK(ids_from(events + "?last_event_id=1", {}) == 2);
  CHECK(ids_from(events + "?last_event_id=1", {{"Last-Event-ID", "4"}}) == 5);
  CHECK(ids_from(events, {{"Last-Event-ID", "0"}}) == 1);
  // The id may be of another database, or of none: new events are received all the same.
  CHECK(ids_from(events, {{"Last-Event-ID", "999999"}}) == 10);
  CHECK(ids_from(events, {{"Last-Event-ID", ""}}) == 11);
  for (const std::string bad : {"x", "-1", "1.5", "99999999999999999999"}) {
    const auto response = api.send("GET", events, "", {{"Last-Event-ID", bad}});
    CHECK(response.status == 400);
    CHECK(details_of(response).front().starts_with("last_event_id"));
  }
  CHECK(api.send("GET", events, "", {{"Last-Event-ID", "1"}, {"Last-Event-ID", "2"}}).status ==
        400);
}

TEST_CASE("a bad last_event_id was passed over where the header came as well") {
  const Api api;
  for (const char* good : {"", "1"}) {
    const auto response =
        api.send("GET", events + "?last_event_id=null", "", {{"Last-Event-ID", good}});
    CHECK(response.status == 400);
    CHECK(details_of(response).front().starts_with("last_event_id"));
  }
}

TEST_CASE("streams that begin anywhere while bookings are made hear each event once, in order") {
  const TempFolder folder;
  const Api api(hss::api::routes(), {"*"}, folder.file("hss.db"));
  constexpr int writers = 4, bookings = 60, before = 50;
  for (int i = 0; i < before; ++i) api.booking();
  std::vector<std::thread> threads;
  for (int i = 0; i < writers; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < bookings; ++k) api.booking();
    });
  }
  std::vector<std::pair<std::int64_t, Heard>> streams;
  for (int i = 0; i < 60; ++i) {
    const std::int64_t from = i * 3 % before;
    streams.emplace_back(
        from, listen(api.send("GET", events, "", {{"Last-Event-ID", std::to_string(from)}})));
  }
  for (auto& thread : threads) thread.join();
  api.post("/api/v1/notifications", R"({"message":"The end"})");
  constexpr std::int64_t last = before + writers * bookings + 1;
  for (const auto& [from, received] : streams) {
    REQUIRE(received->receives("event: notification"));
    std::vector<std::int64_t> expected;
    for (std::int64_t id = from + 1; id <= last; ++id) expected.push_back(id);
    CHECK(received->ids() == expected);
  }
}

TEST_CASE("a stream that begins from now on while the feed is behind hears no event twice") {
  LateStore store;
  TestClock clock;
  const hss::auth::DemoAuthenticator authenticator(clock.clock(), seeded_random());
  hss::api::EventBroadcaster broadcaster(store, authenticator, [](const std::string&) {});
  const auto first = std::make_shared<Listener>();
  broadcaster.add(first, staff.principal, 0);
  first->wait_until_taken_in();
  store.book();
  const auto second = std::make_shared<Listener>();
  broadcaster.add(second, staff.principal, 1);
  second->wait_until_taken_in();
  store.book();
  store.notify_subscribers();
  CHECK(first->receives("id: 2\nevent: "));
  CHECK(second->receives("id: 2\nevent: "));
  CHECK(first->ids() == std::vector<std::int64_t>{1, 2});
  CHECK(second->ids() == std::vector<std::int64_t>{2});
}

TEST_CASE("a stream that begins further back while the feed is behind hears no event twice") {
  LateStore store;
  TestClock clock;
  const hss::auth::DemoAuthenticator authenticator(clock.clock(), seeded_random());
  hss::api::EventBroadcaster broadcaster(store, authenticator, [](const std::string&) {});
  const auto first = std::make_shared<Listener>();
  broadcaster.add(first, staff.principal, 0);
  first->wait_until_taken_in();
  store.book();
  store.notify_subscribers();
  REQUIRE(first->receives("id: 1\nevent: "));
  store.book();
  const auto second = std::make_shared<Listener>();
  broadcaster.add(second, staff.principal, 0);
  REQUIRE(second->receives("id: 1\nevent: "));
  second->wait_until_taken_in();
  store.book();
  store.notify_subscribers();
  CHECK(second->receives("id: 3\nevent: "));
  CHECK(second->ids() == std::vector<std::int64_t>{1, 2, 3});
}

TEST_CASE("what has been is told as fast as the client reads, and holds up nobody else") {
  const Api api;
  constexpr std::size_t bookings = 700;
  for (std::size_t i = 0; i < bookings; ++i) api.booking();
  const auto slow = listen(api.get(events + "?last_event_id=0"), std::make_shared<Listener>(true));
  slow->read_all();
  const auto prompt = listen(api.get(events + "?last_event_id=0"));
  CHECK(prompt->receives("event: booking_submitted", bookings));
  CHECK(slow->ids().size() < bookings / 2);
  CHECK(slow->waiting() < 80u * 1024);
  std::size_t received = slow->ids().size();
  while (received < bookings) {
    slow->read_all();
    REQUIRE(slow->receives("event: booking_submitted", received + 1));
    received = slow->ids().size();
  }
  const auto ids = slow->ids();
  CHECK(std::is_sorted(ids.begin(), ids.end()));
  CHECK(ids.back() == static_cast<std::int64_t>(bookings));
}

TEST_CASE("a customer hears of their own bookings and of what is for everybody, staff of all") {
  AccountsApi api;
  const std::string customer = api.sign_in(Role::customer);
  api.add("other@x.co.za", Role::customer);
  const std::string other = api.token_of("other@x.co.za");
  const std::string desk = api.sign_in(Role::staff);
  const std::string before = api.booking(other);
  const auto from_start = [&](const std::string& token) {
    return listen(api.get(events + "?last_event_id=0", token));
  };
  const auto by_customer = from_start(customer), by_other = from_start(other),
             by_staff = from_start(desk);
  const std::string own = api.booking(customer);
  const std::string others = api.booking(other);
  CHECK(api.post("/api/v1/staff/bookings/" + own + "/approve", Json::object(), desk).status == 200);
  const auto notify = [&](const Json& body) {
    CHECK(api.post("/api/v1/notifications", body, desk).status == 202);
  };
  notify({{"message", "For the other alone"}, {"booking_id", others}});
  notify({{"message", "Closed on Friday"}});
  for (const auto& received : {by_customer, by_other, by_staff}) {
    CHECK(received->receives("Closed on Friday"));
  }
  CHECK(by_customer->text().find(before) == std::string::npos);
  CHECK(by_customer->text().find(others) == std::string::npos);
  CHECK(by_customer->text().find("For the other alone") == std::string::npos);
  CHECK(by_customer->ids().size() == 3);
  const auto again = from_start(customer);
  CHECK(again->receives("Closed on Friday"));
  CHECK(again->ids() == by_customer->ids());
  CHECK(by_other->text().find(own) == std::string::npos);
  CHECK(by_other->receives("For the other alone"));
  CHECK(by_other->ids().size() == 4);
  CHECK(by_staff->ids().size() == 6);
  // Nobody receives events about accounts, not even their e-mails.
  CHECK(by_staff->text().find("account") == std::string::npos);
}

TEST_CASE("one account listens in sixteen places at most, and elsewhere once one of them closes") {
  AccountsApi api;
  const std::string customer = api.sign_in(Role::customer);
  std::vector<Heard> listeners;
  for (int i = 0; i < 16; ++i) listeners.push_back(listen(api.get(events, customer)));
  const auto rejected = api.get(events, customer);
  CHECK(rejected.status == 429);
  CHECK(header_of(rejected, "Retry-After") == "30");
  listen(api.get(events, api.sign_in(Role::staff)));
  listeners.front()->close();
  listeners.front()->read_all();
  while (api.get(events, customer).status == 429) std::this_thread::yield();
}

TEST_CASE("a heartbeat is told, with how far the stream has come where that is news") {
  AccountsApi api;
  const std::string customer = api.sign_in(Role::customer);
  const std::string desk = api.sign_in(Role::staff);
  const auto received = listen(api.get(events, customer));
  CHECK(received->receives("\n:\n\n"));
  api.booking(desk);
  const auto last =
      api.store.read([](hss::domain::Reader& reader) { return reader.outbox().last_event_id(); });
  CHECK(received->receives("id: " + std::to_string(last) + "\n\n"));
  CHECK(received->ids().empty());
}

TEST_CASE("a ticket opens one stream, once and soon, as whoever asked for it") {
  AccountsApi api;
  const std::string customer = api.sign_in(Role::customer);
  const std::string desk = api.sign_in(Role::staff);
  const auto ask = [&](const std::string& token) {
    return ticket_of(api.post(events + "/ticket", Json::object(), token));
  };
  const auto use = [&](const std::string& ticket) { return api.get(events + "?ticket=" + ticket); };
  const std::string ticket = ask(customer);
  const auto received = listen(use(ticket));
  api.booking(desk);
  const std::string own = api.booking(customer);
  CHECK(received->receives(own));
  CHECK(received->ids().size() == 1);
  CHECK(use(ticket).status == 401);
  CHECK(use("").status == 401);
  CHECK(use("nonsense").status == 401);
  // A ticket is no token, and opens nothing else.
  CHECK(api.get("/api/v1/bookings", ask(customer)).status == 401);
  CHECK(api.get("/api/v1/bookings?ticket=" + ask(customer)).status == 401);
  // A token does not replace a ticket, either.
  CHECK(api.get(events + "?ticket=nonsense", customer).status == 401);

  // How soon is the store's to tell, whose clock nobody sets.
  const std::string late = ask(customer);
  api.clock.advance(10min);
  CHECK(use(late).status == 200);

  const std::string earliest = ask(customer);
  for (int i = 0; i < 8; ++i) ask(customer);
  CHECK(use(earliest).status == 401);
  const std::string of_staff = ask(desk);
  const std::string signed_out = ask(customer);
  CHECK(api.post("/api/v1/auth/logout", Json::object(), customer).status == 200);
  CHECK(use(signed_out).status == 401);
  CHECK(use(of_staff).status == 200);
}

TEST_CASE("demo mode gives tickets, too, in the role that asked") {
  const Api api;
  const std::string ticket = ticket_of(api.post(events + "/ticket", "", "staff"));
  const auto received = listen(api.send("GET", events + "?ticket=" + ticket));
  const std::string id = api.booking();
  CHECK(received->receives(id));
  CHECK(api.send("GET", events + "?ticket=" + ticket).status == 401);
}

TEST_CASE("a stream ends when its session does, and others go on") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  const std::string desk = api.sign_in(Role::staff);
  const std::string customer = api.sign_in(Role::customer);
  const auto by_admin = listen(api.get(events, admin));

  const auto by_customer = listen(api.get(events, customer));
  CHECK(api.post("/api/v1/auth/logout", Json::object(), customer).status == 200);
  CHECK(by_customer->is_closed());

  const auto by_staff = listen(api.get(events, desk));
  CHECK(
      api.patch("/api/v1/admin/accounts/" + api.id_of("staff@x.co.za"), {{"enabled", false}}, admin)
          .status == 200);
  CHECK(by_staff->is_closed());

  api.add("second@x.co.za", Role::customer);
  const auto by_second = listen(api.get(events, api.token_of("second@x.co.za")));
  CHECK(by_second->receives(":\n\n"));
  CHECK(by_admin->is_open());
  // Time alone ends the stream, too.
  api.clock.advance(13h);
  CHECK(by_second->is_closed());
  CHECK(by_admin->is_closed());
}

TEST_CASE("an unlocked screen hears until it locks, and its stream does not keep it unlocked") {
  AccountsApi api;
  const std::string desk = api.sign_in(Role::staff);
  const std::string kiosk = api.open_kiosk(desk);
  api.set_pin(desk, "271828");
  const std::string unlocked =
      body_of(api.unlock(kiosk, api.id_of("staff@x.co.za"), "271828"))["token"];
  CHECK(api.get(events, kiosk).status == 403);
  CHECK(api.post(events + "/ticket", Json::object(), kiosk).status == 403);
  const auto received = listen(api.get(events, unlocked));
  api.clock.advance(100s);
  CHECK(received->receives(":\n\n", 3));
  CHECK(received->is_open());
  api.clock.advance(30s);
  CHECK(received->is_closed());
}

namespace {

/// A client that blocks every write, from a certain event on, until the test opens it: the
/// broadcaster's thread waits there, in the middle of the events that it has read.
class Gate final : public hss::api::StreamSink {
 public:
  bool write(std::string_view text) override {
    std::unique_lock lock(mutex_);
    if (text.find("event: ") == text.npos) return true;
    ++events_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return events_ < closed_from_; });
    return true;
  }
  std::size_t waiting() const override { return 0; }
  bool is_open() const override { return true; }
  void close() override {}
  void watch(std::function<void()>) override {}

  void close_from(int event) {
    const std::lock_guard lock(mutex_);
    closed_from_ = event;
    changed_.notify_all();
  }
  bool is_reached() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 20s, [this] { return events_ >= closed_from_; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    closed_from_ = 1'000'000;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int events_ = 0, closed_from_ = 1'000'000;
};

}  // namespace

TEST_CASE("a staff stream heard foreign bookings after its account was made a customer") {
  const TempFolder folder;
  AccountsApi api(folder.file("hss.db"));
  const std::string admin = api.sign_in(Role::admin);
  const std::string desk = api.sign_in(Role::staff);
  const std::string id = api.id_of("staff@x.co.za");
  const auto gate = std::make_shared<Gate>();
  api.get(events, admin).on_stream(gate);
  const auto by_staff = listen(api.get(events, desk));
  const auto by_admin = listen(api.get(events, admin));
  // Who hears the heart beat is in: one that comes later hears the first booking when it is behind.
  CHECK(by_staff->receives(":\n\n"));
  CHECK(by_admin->receives(":\n\n"));

  // Ninety-nine bookings are read at once, and the broadcaster waits at the first of them.
  gate->close_from(1);
  const std::string first = api.booking(admin);
  REQUIRE(gate->is_reached());
  for (int i = 0; i < 99; ++i) api.booking(admin);
  gate->close_from(2);
  REQUIRE(gate->is_reached());

  SECTION("made a customer") {
    std::thread opens([&] {
      const auto role = [&] {
        return api.store.read(
            [&](hss::domain::Reader& reader) { return reader.accounts().find(id)->role; });
      };
      while (role() != Role::customer) std::this_thread::yield();
      gate->open();
    });
    CHECK(api.patch("/api/v1/admin/accounts/" + id, {{"role", "customer"}}, admin).status == 200);
    const std::string received = by_staff->text();
    opens.join();
    REQUIRE(by_admin->receives("event: booking_submitted", 100));
    CHECK(by_staff->text() == received);
  }
  SECTION("disabled by another program") {
    gate->open();
    REQUIRE(by_admin->receives("event: booking_submitted", 100));
    hss::storage::SqliteStore other(folder.file("hss.db"), [](const std::string&) {});
    other.transact([&](hss::domain::Tx& tx) {
      const auto account = tx.accounts().find(id).value();
      api.service.change(tx, id, {.enabled = false}, hss::domain::caller_of(account, "shell"));
    });
    const std::string late = api.booking(admin);
    REQUIRE(by_admin->receives(late));
    CHECK(by_staff->text().find(late) == std::string::npos);
  }
  CHECK(by_staff->text().find(first) != std::string::npos);
  CHECK(by_staff->is_closed());
  CHECK(by_admin->is_open());
}

TEST_CASE("a stream whose session ended before it began hears nothing") {
  AccountsApi api;
  const std::string admin = api.sign_in(Role::admin);
  const std::string desk = api.sign_in(Role::staff);
  const auto by_admin = listen(api.get(events, admin));
  const auto response = api.get(events, desk);
  CHECK(api.post("/api/v1/auth/logout", Json::object(), desk).status == 200);
  const auto late = listen(response);
  const std::string id = api.booking(admin);
  REQUIRE(by_admin->receives(id));
  CHECK(late->is_closed());
  CHECK(late->text().find(id) == std::string::npos);
}
