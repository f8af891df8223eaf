#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "domain/error.h"
#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

Account an_account(const std::string& id, const std::string& email) {
  return {.id = id,
          .email = email,
          .name = "Sipho Dlamini",
          .role = Role::staff,
          .password_hash = "$scrypt$password",
          .pin_hash = "$scrypt$pin",
          .enabled = true,
          .created_at = "2026-11-22T08:00:00.001Z"};
}

bool insert(Backend& backend, const Account& account) {
  return backend.store.transact([&](Tx& tx) { return tx.accounts().insert(account); });
}
void update(Backend& backend, const Account& account) {
  backend.store.transact([&](Tx& tx) { tx.accounts().update(account); });
}
std::optional<Account> find(Backend& backend, const std::string& id) {
  return backend.store.read([&](Reader& reader) { return reader.accounts().find(id); });
}
std::optional<Account> find_by_email(Backend& backend, const std::string& email) {
  return backend.store.read([&](Reader& reader) { return reader.accounts().find_by_email(email); });
}

void check_equal(const std::optional<Account>& found, const Account& expected) {
  REQUIRE(found.has_value());
  CHECK(found->id == expected.id);
  CHECK(found->email == expected.email);
  CHECK(found->name == expected.name);
  CHECK(found->role == expected.role);
  CHECK(found->password_hash == expected.password_hash);
  CHECK(found->pin_hash == expected.pin_hash);
  CHECK(found->enabled == expected.enabled);
  CHECK(found->created_at == expected.created_at);
}

}  // namespace

TEST_CASE("an account comes back as it was inserted, by its id and by its e-mail") {
  Backend backend(each_engine());
  const Account made = an_account("ACC-0000000001", "sipho@hss.co.za");
  CHECK(insert(backend, made));
  check_equal(find(backend, made.id), made);
  check_equal(find_by_email(backend, made.email), made);
  check_equal(backend.store.read([&](Reader& reader) { return reader.accounts().get(made.id); }),
              made);
  CHECK_FALSE(find(backend, "ACC-0000000002").has_value());
  CHECK_FALSE(find_by_email(backend, "lerato@hss.co.za").has_value());
}

TEST_CASE("an account that is none is not found, in a sentence") {
  Backend backend(each_engine());
  try {
    backend.store.read([](Reader& reader) { return reader.accounts().get("ACC-0000000001"); });
    FAIL("it was found");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::not_found);
    CHECK(error.what() == std::string("There is no account ACC-0000000001"));
  }
}

TEST_CASE("an account whose id or e-mail is taken is not inserted, and changes nothing") {
  Backend backend(each_engine());
  const Account first = an_account("ACC-0000000001", "sipho@hss.co.za");
  REQUIRE(insert(backend, first));
  Account same_id = an_account(first.id, "lerato@hss.co.za");
  same_id.name = "Lerato Nkosi";
  CHECK_FALSE(insert(backend, same_id));
  Account same_email = an_account("ACC-0000000002", first.email);
  same_email.name = "Lerato Nkosi";
  CHECK_FALSE(insert(backend, same_email));
  check_equal(find(backend, first.id), first);
  CHECK_FALSE(find(backend, "ACC-0000000002").has_value());
  CHECK_FALSE(find_by_email(backend, "lerato@hss.co.za").has_value());
}

TEST_CASE("an e-mail kept with its accents apart is found by the usual spelling") {
  Backend backend(each_engine());
  const std::string composed = "andr\u00e9@hss.co.za";
  const std::string decomposed = "andre\u0301@hss.co.za";
  REQUIRE(composed != decomposed);
  REQUIRE(insert(backend, an_account("ACC-0000000001", decomposed)));
  REQUIRE(find_by_email(backend, composed).has_value());
  CHECK(find_by_email(backend, composed)->id == "ACC-0000000001");
  CHECK(find_by_email(backend, decomposed)->id == "ACC-0000000001");
  // Two accounts are never merged: an account with exactly this spelling is found first.
  REQUIRE(insert(backend, an_account("ACC-0000000002", composed)));
  CHECK(find_by_email(backend, composed)->id == "ACC-0000000002");
  CHECK(find_by_email(backend, decomposed)->id == "ACC-0000000001");
}

TEST_CASE("an account changes in all but its id and when it was made, and alone") {
  Backend backend(each_engine());
  const Account made = an_account("ACC-0000000001", "andre\u0301@hss.co.za");
  const Account other = an_account("ACC-0000000002", "lerato@hss.co.za");
  REQUIRE(insert(backend, made));
  REQUIRE(insert(backend, other));
  Account changed = made;
  changed.email = "andr\u00e9@hss.co.za";
  changed.name = "André van Zyl";
  changed.role = Role::customer;
  changed.password_hash = "$scrypt$another";
  changed.pin_hash = "";
  changed.enabled = false;
  Account given = changed;
  given.created_at = "2027-01-01T00:00:00.000Z";
  update(backend, given);
  check_equal(find(backend, made.id), changed);
  check_equal(find(backend, other.id), other);
}

TEST_CASE("accounts are listed in the order of their e-mails, from behind one of them") {
  Backend backend(each_engine());
  for (const char* name : {"c", "a", "d", "b"}) {
    REQUIRE(
        insert(backend, an_account("ACC-000000000" + std::string(name), name + std::string("@x"))));
  }
  const auto list = [&](const std::string& after, int limit) {
    std::vector<std::string> emails;
    for (const Account& account :
         backend.store.read([&](Reader& reader) { return reader.accounts().list(after, limit); })) {
      emails.push_back(account.email);
    }
    return emails;
  };
  using Emails = std::vector<std::string>;
  CHECK(list("", 10) == Emails{"a@x", "b@x", "c@x", "d@x"});
  CHECK(list("", 2) == Emails{"a@x", "b@x"});
  CHECK(list("b@x", 2) == Emails{"c@x", "d@x"});
  CHECK(list("bb@x", 1) == Emails{"c@x"});
  CHECK(list("d@x", 2).empty());
}

TEST_CASE("those with a PIN are the enabled staff and administrators that set one, by name") {
  Backend backend(each_engine());
  int number = 0;
  const auto add = [&](const std::string& name, Role role, const std::string& pin, bool enabled) {
    const std::string digit = std::to_string(++number);
    Account account = an_account("ACC-000000000" + digit, digit + "@hss.co.za");
    account.name = name;
    account.role = role;
    account.pin_hash = pin;
    account.enabled = enabled;
    REQUIRE(insert(backend, account));
  };
  add("Zanele", Role::staff, "$scrypt$pin", true);
  add("Thabo", Role::admin, "$scrypt$pin", true);
  add("No PIN", Role::staff, "", true);
  add("Disabled", Role::admin, "$scrypt$pin", false);
  add("Customer", Role::customer, "$scrypt$pin", true);
  add("Amahle", Role::staff, "$scrypt$pin", true);
  std::vector<std::string> names;
  for (const Account& account :
       backend.store.read([](Reader& reader) { return reader.accounts().list_pin_holders(); })) {
    names.push_back(account.name);
  }
  CHECK(names == std::vector<std::string>{"Amahle", "Thabo", "Zanele"});
}

TEST_CASE("an administrator is one who is enabled and has a password") {
  Backend backend(each_engine());
  const auto has_administrator = [&] {
    return backend.store.read([](Reader& reader) { return reader.accounts().has_administrator(); });
  };
  CHECK_FALSE(has_administrator());
  Account account = an_account("ACC-0000000001", "sipho@hss.co.za");
  REQUIRE(insert(backend, account));
  CHECK_FALSE(has_administrator());
  account.role = Role::admin;
  account.enabled = false;
  update(backend, account);
  CHECK_FALSE(has_administrator());
  account.enabled = true;
  account.password_hash = "";
  update(backend, account);
  CHECK_FALSE(has_administrator());
  account.password_hash = "$scrypt$password";
  update(backend, account);
  CHECK(has_administrator());
}
