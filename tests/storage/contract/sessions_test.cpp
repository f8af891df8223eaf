#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/error.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

const std::string eight = "2026-11-22T08:00:00.000Z";
const std::string noon = "2026-11-22T12:00:00.000Z";

/// Two accounts and their sessions, which are made a second after each other and expire at noon.
struct Sessions : Backend {
  using Backend::Backend;
  const std::string sipho = add_account("sipho@hss.co.za", Role::staff).id;
  const std::string lerato = add_account("lerato@hss.co.za", Role::staff).id;

  void insert(Session session, const std::string& now = eight) {
    session.created_at = later(std::chrono::seconds(made_++));
    if (session.expires_at.empty()) session.expires_at = noon;
    store.transact([&](Tx& tx) { tx.sessions().insert(session, now); });
  }
  void open(const std::string& id, const std::string& account, const std::string& kiosk = "") {
    insert({.id = id, .account_id = account, .kiosk_session_id = kiosk});
  }
  void open_kiosk(const std::string& id, const std::string& account) {
    insert({.id = id, .account_id = account, .is_kiosk = true, .kiosk_name = "Kiosk " + id});
  }
  void change(const std::function<void(SessionWriter&)>& change) {
    store.transact([&](Tx& tx) { change(tx.sessions()); });
  }
  std::optional<SignedIn> find(const std::string& id) {
    return store.read([&](Reader& reader) { return reader.sessions().find(id); });
  }
  /// The ids that are sessions.
  std::string left_of(const std::string& ids) {
    std::string left;
    for (const char id : ids) {
      if (find(std::string(1, id))) left += id;
    }
    return left;
  }
  std::int64_t rights_revision() {
    return store.read([](Reader& reader) { return reader.sessions().rights_revision(); });
  }

 private:
  int made_ = 0;
};

}  // namespace

TEST_CASE("a session comes back with its account, as that is now") {
  Sessions sessions(each_engine());
  sessions.open_kiosk("k", sessions.sipho);
  sessions.open("s", sessions.lerato, "k");
  const auto kiosk = sessions.find("k");
  REQUIRE(kiosk.has_value());
  CHECK(kiosk->session.id == "k");
  CHECK(kiosk->session.account_id == sessions.sipho);
  CHECK(kiosk->session.is_kiosk);
  CHECK(kiosk->session.kiosk_name == "Kiosk k");
  CHECK(kiosk->session.kiosk_session_id.empty());
  CHECK(kiosk->session.created_at == "2026-11-22T08:00:00.000Z");
  CHECK(kiosk->session.expires_at == noon);
  CHECK(kiosk->account.id == sessions.sipho);
  sessions.store.transact([&](Tx& tx) {
    Account account = tx.accounts().get(sessions.lerato);
    account.name = "Lerato Mokoena";
    account.enabled = false;
    tx.accounts().update(account);
  });
  const auto session = sessions.find("s");
  REQUIRE(session.has_value());
  CHECK_FALSE(session->session.is_kiosk);
  CHECK(session->session.kiosk_name.empty());
  CHECK(session->session.kiosk_session_id == "k");
  CHECK(session->account.id == sessions.lerato);
  CHECK(session->account.email == "lerato@hss.co.za");
  CHECK(session->account.name == "Lerato Mokoena");
  CHECK_FALSE(session->account.enabled);
  CHECK_FALSE(sessions.find("x").has_value());
}

TEST_CASE("a session is found also when it has expired") {
  Sessions sessions(each_engine());
  sessions.insert(
      {.id = "s", .account_id = sessions.sipho, .expires_at = "2020-01-01T00:00:00.000Z"});
  CHECK(sessions.find("s").has_value());
}

TEST_CASE("kiosks are listed newest first, unlocked or not, until they expire") {
  Sessions sessions(each_engine());
  sessions.open_kiosk("c", sessions.sipho);
  sessions.open("s", sessions.sipho);
  sessions.open_kiosk("a", sessions.lerato);
  sessions.open_kiosk("b", sessions.sipho);
  sessions.open("u", sessions.lerato, "c");
  sessions.change([](SessionWriter& writer) { writer.extend("b", "2026-11-22T11:00:00.000Z"); });
  const auto kiosks_at = [&](const std::string& now) {
    std::string ids;
    for (const SignedIn& kiosk :
         sessions.store.read([&](Reader& reader) { return reader.sessions().list_kiosks(now); })) {
      ids += kiosk.session.id;
    }
    return ids;
  };
  CHECK(kiosks_at(eight) == "bac");
  CHECK(kiosks_at("2026-11-22T11:00:00.000Z") == "ac");
  CHECK(kiosks_at(noon).empty());
}

TEST_CASE("new sessions take those with them that have expired, a few at a time") {
  Sessions sessions(each_engine());
  for (const char* id : {"a", "b", "c"}) sessions.open(id, sessions.sipho);
  sessions.insert(
      {.id = "d", .account_id = sessions.sipho, .expires_at = "2026-11-22T12:00:00.002Z"});
  const auto insert_at_noon = [&](const char* id) {
    sessions.insert(
        {.id = id, .account_id = sessions.lerato, .expires_at = "2026-11-23T12:00:00.000Z"},
        "2026-11-22T12:00:00.001Z");
  };
  insert_at_noon("e");
  CHECK(sessions.left_of("abc").size() < 3);
  insert_at_noon("f");
  insert_at_noon("g");
  CHECK(sessions.left_of("abcdefg") == "defg");
}

TEST_CASE("a session ends later once it is extended, and it alone") {
  Sessions sessions(each_engine());
  sessions.open("a", sessions.sipho);
  sessions.open("b", sessions.sipho);
  sessions.change([](SessionWriter& writer) { writer.extend("a", "2026-11-22T13:00:00.000Z"); });
  CHECK(sessions.find("a")->session.expires_at == "2026-11-22T13:00:00.000Z");
  CHECK(sessions.find("b")->session.expires_at == noon);
}

TEST_CASE("a session that is removed takes those with it that it unlocked, and no others") {
  Sessions sessions(each_engine());
  sessions.open_kiosk("k", sessions.sipho);
  sessions.open_kiosk("l", sessions.sipho);
  sessions.open("a", sessions.lerato, "k");
  sessions.open("b", sessions.sipho, "l");
  sessions.open("c", sessions.sipho);
  sessions.change([](SessionWriter& writer) { writer.remove("b"); });
  CHECK(sessions.left_of("klabc") == "klac");
  sessions.change([](SessionWriter& writer) { writer.remove("k"); });
  CHECK(sessions.left_of("klabc") == "lc");
  sessions.change([](SessionWriter& writer) { writer.remove("x"); });
  CHECK(sessions.left_of("klabc") == "lc");
}

TEST_CASE("the sessions that a kiosk unlocked are removed, and the kiosk stays") {
  Sessions sessions(each_engine());
  sessions.open_kiosk("k", sessions.sipho);
  sessions.open_kiosk("l", sessions.sipho);
  sessions.open("a", sessions.lerato, "k");
  sessions.open("b", sessions.sipho, "k");
  sessions.open("c", sessions.lerato, "l");
  sessions.open("d", sessions.lerato);
  sessions.change([](SessionWriter& writer) { writer.remove_unlocked_on("k"); });
  CHECK(sessions.left_of("klabcd") == "klcd");
}

TEST_CASE("all of an account's sessions are removed, with those unlocked on its kiosks") {
  Sessions sessions(each_engine());
  sessions.open_kiosk("k", sessions.sipho);
  sessions.open_kiosk("l", sessions.lerato);
  sessions.open("a", sessions.lerato, "k");
  sessions.open("b", sessions.sipho, "l");
  sessions.open("c", sessions.sipho);
  sessions.open("d", sessions.lerato);
  sessions.change([&](SessionWriter& writer) { writer.remove_all_of(sessions.sipho); });
  CHECK(sessions.left_of("klabcd") == "ld");
}

TEST_CASE("an account's oldest sessions in its own browsers are removed, but no kiosk") {
  Sessions sessions(each_engine());
  sessions.open_kiosk("k", sessions.sipho);
  sessions.open_kiosk("l", sessions.lerato);
  sessions.open("u", sessions.sipho, "l");
  for (const char* id : {"d", "a", "c", "b"}) sessions.open(id, sessions.sipho);
  sessions.open("o", sessions.lerato);
  sessions.change([&](SessionWriter& writer) { writer.remove_oldest_of(sessions.sipho, 4); });
  CHECK(sessions.left_of("kludacbo") == "kludacbo");
  sessions.change([&](SessionWriter& writer) { writer.remove_oldest_of(sessions.sipho, 2); });
  CHECK(sessions.left_of("kludacbo") == "klucbo");
}

TEST_CASE("the revision of rights moves when somebody may lose one") {
  Sessions sessions(each_engine());
  sessions.open_kiosk("k", sessions.lerato);
  sessions.open("u", sessions.sipho, "k");
  for (const char* id : {"a", "b", "c"}) sessions.open(id, sessions.sipho);
  std::int64_t revision = sessions.rights_revision();
  const auto moves = [&](const std::function<void(Tx&)>& change) {
    sessions.store.transact(change);
    const std::int64_t before = std::exchange(revision, sessions.rights_revision());
    return revision != before;
  };
  const auto change_account = [&](const std::function<void(Account&)>& change) {
    return [&, change](Tx& tx) {
      Account account = tx.accounts().get(sessions.lerato);
      change(account);
      tx.accounts().update(account);
    };
  };
  CHECK(moves([](Tx& tx) { tx.sessions().remove("a"); }));
  CHECK(moves([&](Tx& tx) { tx.sessions().remove_oldest_of(sessions.sipho, 1); }));
  CHECK(moves([](Tx& tx) { tx.sessions().remove_unlocked_on("k"); }));
  CHECK(moves([&](Tx& tx) { tx.sessions().remove_all_of(sessions.sipho); }));
  CHECK(moves(change_account([](Account& account) { account.role = Role::customer; })));
  CHECK(moves(change_account([](Account& account) { account.role = Role::admin; })));
  CHECK(moves(change_account([](Account& account) { account.enabled = false; })));
  CHECK(moves(change_account([](Account& account) { account.enabled = true; })));
}

TEST_CASE("the revision of rights stays where nobody can have lost one") {
  Sessions sessions(each_engine());
  sessions.open_kiosk("k", sessions.lerato);
  const std::int64_t revision = sessions.rights_revision();
  sessions.open("a", sessions.sipho);
  sessions.open("u", sessions.sipho, "k");
  sessions.change([&](SessionWriter& writer) {
    writer.extend("a", "2026-11-22T13:00:00.000Z");
    writer.remove("x");
    writer.remove_unlocked_on("a");
    writer.remove_all_of("ACC-0000000000");
    writer.remove_oldest_of(sessions.sipho, 1);
  });
  sessions.create();
  sessions.add_account("thabo@hss.co.za", Role::admin);
  sessions.store.transact([&](Tx& tx) {
    Account account = tx.accounts().get(sessions.sipho);
    account.name = "Sipho Mokoena";
    account.email = "sipho.mokoena@hss.co.za";
    account.password_hash = "$scrypt$password";
    account.pin_hash = "$scrypt$pin";
    tx.accounts().update(account);
    tx.accounts().insert_pin_failure(sessions.sipho, "k", eight, "");
  });
  CHECK_THROWS(sessions.store.transact([&](Tx& tx) {
    tx.sessions().remove("a");
    throw Error(ErrorCode::conflict, "changed my mind");
  }));
  CHECK(sessions.rights_revision() == revision);
  CHECK(sessions.left_of("kau") == "kau");
}
