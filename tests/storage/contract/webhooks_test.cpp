#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "domain/error.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

Webhook a_webhook(const std::string& id, const std::string& created_at) {
  return {.id = id,
          .url = "https://example.org/" + id,
          .secret = std::string("0123456789\0abcdef 01234567", 26),
          .enabled = true,
          .disabled_reason = "",
          .created_at = created_at};
}

const Webhook first = a_webhook("WHK-0000000002", "2026-11-22T08:00:00.000Z");
const Webhook second = a_webhook("WHK-0000000001", "2026-11-22T08:00:00.001Z");

bool insert(Backend& backend, const Webhook& webhook) {
  return backend.store.transact([&](Tx& tx) { return tx.webhooks().insert(webhook); });
}
std::optional<Webhook> find(Backend& backend, const std::string& id) {
  return backend.store.read([&](Reader& reader) { return reader.webhooks().find(id); });
}

void check_equal(const std::optional<Webhook>& found, const Webhook& expected) {
  REQUIRE(found.has_value());
  CHECK(found->id == expected.id);
  CHECK(found->url == expected.url);
  CHECK(found->secret == expected.secret);
  CHECK(found->enabled == expected.enabled);
  CHECK(found->disabled_reason == expected.disabled_reason);
  CHECK(found->created_at == expected.created_at);
}

}  // namespace

TEST_CASE("a webhook comes back as it was inserted, its secret byte for byte") {
  Backend backend(each_engine());
  CHECK(insert(backend, first));
  check_equal(find(backend, first.id), first);
  check_equal(backend.store.read([](Reader& reader) { return reader.webhooks().get(first.id); }),
              first);
  CHECK_FALSE(find(backend, second.id).has_value());
  try {
    backend.store.read([](Reader& reader) { return reader.webhooks().get(second.id); });
    FAIL("it was found");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::not_found);
  }
}

TEST_CASE("a webhook whose id is taken is not inserted, and changes nothing") {
  Backend backend(each_engine());
  REQUIRE(insert(backend, first));
  Webhook same_id = first;
  same_id.url = "https://example.com/";
  CHECK_FALSE(insert(backend, same_id));
  check_equal(find(backend, first.id), first);
}

TEST_CASE("webhooks are listed in the order in which they were made") {
  Backend backend(each_engine());
  CHECK(backend.store.read([](Reader& reader) { return reader.webhooks().list(); }).empty());
  REQUIRE(insert(backend, first));
  REQUIRE(insert(backend, second));
  const auto webhooks = backend.store.read([](Reader& reader) { return reader.webhooks().list(); });
  REQUIRE(webhooks.size() == 2);
  check_equal(webhooks[0], first);
  check_equal(webhooks[1], second);
}

TEST_CASE("a webhook changes its URL and whether and why it is disabled, and nothing else") {
  Backend backend(each_engine());
  REQUIRE(insert(backend, first));
  REQUIRE(insert(backend, second));
  Webhook changed = first;
  changed.url = "http://example.com/a?b=c";
  changed.enabled = false;
  changed.disabled_reason = "It is gone";
  Webhook given = changed;
  given.secret = std::string(32, 'x');
  given.created_at = "2027-01-01T00:00:00.000Z";
  backend.store.transact([&](Tx& tx) { tx.webhooks().update(given); });
  check_equal(find(backend, first.id), changed);
  check_equal(find(backend, second.id), second);
}

TEST_CASE("a webhook that is removed is gone, and it alone") {
  Backend backend(each_engine());
  REQUIRE(insert(backend, first));
  REQUIRE(insert(backend, second));
  backend.store.transact([](Tx& tx) { tx.webhooks().remove(first.id); });
  CHECK_FALSE(find(backend, first.id).has_value());
  CHECK(find(backend, second.id).has_value());
}

TEST_CASE("an actor's webhooks are the enabled ones that they added or changed last") {
  Backend backend(each_engine());
  const Caller demo{{.account = "", .role = Role::admin}, "test-request"};
  const Caller sipho{
      {.account = "sipho@hss.co.za", .role = Role::admin, .auth_method = AuthMethod::by_account},
      "test-request"};
  std::vector<std::string> ids;
  const auto add = [&](const Caller& caller) {
    backend.clock.advance(std::chrono::milliseconds(1));
    ids.push_back(backend.store.transact(
        [&](Tx& tx) { return backend.webhooks.add(tx, "https://example.org/", "", caller).id; }));
  };
  const auto change = [&](std::size_t at, const WebhookChange& wanted, const Caller& caller) {
    backend.store.transact([&](Tx& tx) { backend.webhooks.change(tx, ids[at], wanted, caller); });
  };
  const auto last_by = [&](const std::string& actor) {
    return backend.store.read(
        [&](Reader& reader) { return reader.webhooks().list_changed_last_by(actor); });
  };
  for (int i = 0; i < 3; ++i) add(demo);
  add(sipho);
  add(demo);
  using Ids = std::vector<std::string>;
  CHECK(last_by("demo") == Ids{ids[0], ids[1], ids[2], ids[4]});
  CHECK(last_by("sipho@hss.co.za") == Ids{ids[3]});
  CHECK(last_by("nobody").empty());
  change(0, {.url = "https://example.com/"}, sipho);
  change(1, {.enabled = false}, demo);
  change(3, {.url = "https://example.com/"}, demo);
  backend.store.transact([&](Tx& tx) { backend.webhooks.remove(tx, ids[4], sipho); });
  CHECK(last_by("demo") == Ids{ids[2], ids[3]});
  CHECK(last_by("sipho@hss.co.za") == Ids{ids[0]});
}
