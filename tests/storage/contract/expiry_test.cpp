// Tx::delete_expired deletes expired rows, and no others.
#include "domain/expiry.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "storage/contract/outbox.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

/// Limits that no row exceeds.
Expiry nothing() {
  return {.now = "",
          .idempotency_records_from = "",
          .answers_to = "9",
          .pin_failures_from = "",
          .claim_failures_from = "",
          .trusted_devices_from = "",
          .deliveries_from = ""};
}

bool delete_expired(Backend& backend, const Expiry& expiry, int limit = 100) {
  return backend.store.transact([&](Tx& tx) { return tx.delete_expired(expiry, limit); });
}

std::string hash_of(char letter) {
  return std::string(64, letter);
}

void insert_answer(Backend& backend, const std::string& key, const std::string& created_at) {
  backend.store.transact([&](Tx& tx) {
    tx.idempotency().insert(
        {.scope = "a", .key = key, .fingerprint = "f", .status = 201, .created_at = created_at},
        "");
  });
}

/// The keys, of one letter each, that have a record.
std::string answers_of(Backend& backend, const std::string& keys) {
  return backend.store.transact([&](Tx& tx) {
    std::string found;
    for (const char key : keys) {
      if (tx.idempotency().find("a", std::string(1, key), "")) found += key;
    }
    return found;
  });
}

}  // namespace

TEST_CASE("answers are deleted that are older than they may be, or dated too far ahead") {
  Backend backend(each_engine());
  insert_answer(backend, "a", "2026-11-22T08:59:59.999Z");
  insert_answer(backend, "b", nine);
  insert_answer(backend, "c", eleven);
  insert_answer(backend, "d", "2026-11-22T11:00:00.001Z");
  Expiry expiry = nothing();
  CHECK_FALSE(delete_expired(backend, expiry));
  CHECK(answers_of(backend, "abcd") == "abcd");
  expiry.idempotency_records_from = nine;
  CHECK_FALSE(delete_expired(backend, expiry));
  CHECK(answers_of(backend, "abcd") == "bcd");
  expiry.answers_to = eleven;
  CHECK_FALSE(delete_expired(backend, expiry));
  CHECK(answers_of(backend, "abcd") == "bc");
}

TEST_CASE("no more than the limit is deleted at once, the oldest first, and it says so") {
  Backend backend(each_engine());
  for (const auto& [key, at] : {std::pair("c", ten), std::pair("a", nine), std::pair("b", nine),
                                std::pair("e", eleven), std::pair("d", ten)}) {
    insert_answer(backend, key, at);
  }
  Expiry expiry = nothing();
  expiry.idempotency_records_from = "2026-11-22T12:00:00.000Z";
  CHECK(delete_expired(backend, expiry, 2));
  CHECK(answers_of(backend, "abcde") == "cde");
  CHECK(delete_expired(backend, expiry, 2));
  CHECK(answers_of(backend, "abcde") == "e");
  CHECK_FALSE(delete_expired(backend, expiry, 2));
  CHECK(answers_of(backend, "abcde").empty());
}

TEST_CASE("sessions are deleted that have expired, a kiosk with those that it unlocked") {
  Backend backend(each_engine());
  const std::string id = backend.add_account("sipho@hss.co.za", Role::staff).id;
  backend.store.transact([&](Tx& tx) {
    const auto open = [&](Session session) {
      session.account_id = id;
      session.created_at = nine;
      tx.sessions().insert(session, "");
    };
    open({.id = "a", .expires_at = ten});
    open({.id = "b", .expires_at = "2026-11-22T10:00:00.001Z"});
    open({.id = "k", .is_kiosk = true, .kiosk_name = "Door", .expires_at = nine});
    open({.id = "u", .kiosk_session_id = "k", .expires_at = eleven});
  });
  const auto left = [&] {
    return backend.store.read([](Reader& reader) {
      std::string ids;
      for (const char* session : {"a", "b", "k", "u"}) {
        if (reader.sessions().find(session)) ids += session;
      }
      return ids;
    });
  };
  Expiry expiry = nothing();
  delete_expired(backend, expiry);
  CHECK(left() == "abku");
  expiry.now = ten;
  delete_expired(backend, expiry);
  CHECK(left() == "b");
}

TEST_CASE("links and token keys are deleted at their own end") {
  Backend backend(each_engine());
  const std::string sipho = backend.add_account("sipho@hss.co.za").id;
  const std::string lerato = backend.add_account("lerato@hss.co.za").id;
  backend.store.transact([&](Tx& tx) {
    tx.accounts().insert_link({.token_hash = hash_of('a'), .account_id = sipho, .expires_at = ten});
    tx.accounts().insert_link(
        {.token_hash = hash_of('b'), .account_id = lerato, .expires_at = eleven});
    tx.token_keys().insert({.bytes = std::string(32, 'x'), .created_at = nine}, "");
    tx.token_keys().insert({.bytes = std::string(32, 'y'), .created_at = nine}, ten);
    tx.token_keys().insert({.bytes = std::string(32, 'z'), .created_at = nine}, eleven);
  });
  const auto left = [&] {
    return backend.store.read([](Reader& reader) {
      std::string letters;
      for (const char letter : {'a', 'b'}) {
        if (reader.accounts().find_link(hash_of(letter))) letters += letter;
      }
      for (const TokenKey& key : reader.token_keys().list("")) letters += key.bytes.front();
      return letters;
    });
  };
  Expiry expiry = nothing();
  delete_expired(backend, expiry);
  CHECK(left() == "abzyx");
  expiry.now = ten;
  delete_expired(backend, expiry);
  CHECK(left() == "bzy");
}

TEST_CASE("wrong PINs and trusted devices are deleted once they no longer count") {
  Backend backend(each_engine());
  const std::string id = backend.add_account("sipho@hss.co.za", Role::staff).id;
  backend.store.transact([&](Tx& tx) {
    for (const std::string& at : {nine, ten, eleven}) {
      tx.accounts().insert_pin_failure(id, "door", at, "");
    }
    tx.accounts().put_trusted_device({.hash = hash_of('a'), .account_id = id, .used_at = nine}, "",
                                     10);
    tx.accounts().put_trusted_device({.hash = hash_of('b'), .account_id = id, .used_at = ten}, "",
                                     10);
  });
  const auto failures = [&] {
    return backend.store.read(
        [&](Reader& reader) { return reader.accounts().pin_failures(id, "door", "").on_all; });
  };
  const auto trusts = [&](char letter) {
    return backend.store.read([&](Reader& reader) {
      return reader.accounts().has_trusted_device(id, hash_of(letter), "");
    });
  };
  Expiry expiry = nothing();
  expiry.pin_failures_from = ten;
  delete_expired(backend, expiry);
  CHECK(failures() == 1);
  CHECK(trusts('a'));
  expiry.trusted_devices_from = nine;
  delete_expired(backend, expiry);
  CHECK_FALSE(trusts('a'));
  CHECK(trusts('b'));
}

TEST_CASE("successful deliveries are deleted that are older than the log, and no others") {
  Outbox outbox(each_engine());
  outbox.notify(3);
  outbox.commit(outbox.next_batch(1), Outbox::succeed, true);
  outbox.commit(outbox.next_batch(1), Outbox::dead_letter);
  outbox.commit(outbox.next_batch(1), outbox.fail(std::chrono::minutes(1)));
  Expiry expiry = nothing();
  expiry.deliveries_from = outbox.now();
  delete_expired(outbox, expiry);
  CHECK(ids_of(outbox.deliveries()) == EventIds{3, 2, 1});
  expiry.deliveries_from = outbox.later(std::chrono::milliseconds(1));
  delete_expired(outbox, expiry);
  CHECK(ids_of(outbox.deliveries()) == EventIds{3, 2});
}

TEST_CASE("there is more to delete where one kind alone has more") {
  Backend backend(each_engine());
  const std::string id = backend.add_account("sipho@hss.co.za", Role::staff).id;
  insert_answer(backend, "a", nine);
  backend.store.transact([&](Tx& tx) {
    for (const std::string& at : {nine, ten, eleven}) {
      tx.accounts().insert_pin_failure(id, "door", at, "");
    }
  });
  Expiry expiry = nothing();
  expiry.idempotency_records_from = ten;
  expiry.pin_failures_from = eleven;
  const auto failures = [&] {
    return backend.store.read(
        [&](Reader& reader) { return reader.accounts().pin_failures(id, "door", "").on_all; });
  };
  CHECK(delete_expired(backend, expiry, 2));
  CHECK(failures() == 1);
  CHECK_FALSE(delete_expired(backend, expiry, 2));
  CHECK(failures() == 0);
}
