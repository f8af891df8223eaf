// The second wall: the database rejects bad writes of the sqlite3 shell, which knows none of our
// code.
#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <string>
#include <vector>

#include "domain/bookings/lifecycle.h"
#include "storage/sqlite/schema_sql.h"

namespace {

/// A database with one booking, `HSS-0000000001`, in `status`, opened as the shell opens it.
class SqliteShell {
 public:
  explicit SqliteShell(const std::string& status) : database_(":memory:", SQLite::OPEN_READWRITE) {
    database_.exec("PRAGMA recursive_triggers = OFF");
    database_.exec(hss::storage::schema_sql);
    database_.exec(
        "INSERT INTO bookings (id, customer_name, email, pickup_date, pickup_window, address,"
        " item_count, duration_months, monthly_subtotal, handling_fee, total, status, created_at,"
        " updated_at, items) VALUES ('HSS-0000000001', 'Thandi', 'a@b.co', '2026-12-01', '08:00', "
        "'Hatfield',"
        " 1, 2, 6000, 35000, 47000, 'submitted', 't', 't',"
        " '[{\"type\":\"box\"}]');"
        "INSERT INTO audit_events (id, event_type, payload, actor, actor_role, request_id, "
        "created_at,"
        " previous_hash, hash) VALUES (1, 'x', '{}', 'a', 'r', 'q', 't', zeroblob(32), "
        "randomblob(32))");
    if (status == "declined" || status == "cancelled") {
      step(status);
      return;
    }
    for (const char* to :
         {"submitted", "approved", "paid", "collected", "in_storage", "returned"}) {
      if (std::string(to) == "paid") {
        pay();
      } else if (std::string(to) != "submitted") {
        step(to);
      }
      if (status == to) return;
    }
  }

  void exec(const std::string& sql) { database_.exec(sql); }
  void step(const std::string& to) { exec("UPDATE bookings SET status = '" + to + "'"); }
  void pay(int amount = 47000) {
    exec(
        "INSERT INTO payments (booking_seq, reference, method, amount, created_at) VALUES (1,"
        " 'PAY-0000000001', 'card', " +
        std::to_string(amount) + ", 't')");
  }
  std::string value(const std::string& sql) { return database_.execAndGet(sql).getString(); }

 private:
  SQLite::Database database_;
};

}  // namespace

TEST_CASE("the database refuses exactly the steps that the contract does") {
  using namespace hss::domain;
  const Status current = GENERATE(from_range(all_statuses));
  const std::string from(to_text(current));
  for (const Status next : all_statuses) {
    const std::string to(to_text(next));
    INFO(from << " -> " << to);
    SqliteShell shell(from);
    const bool expected = from == to || may_step(current, next) || is_correction(current, next);
    if (expected) {
      CHECK_NOTHROW(shell.step(to));
    } else {
      CHECK_THROWS(shell.step(to));
    }
    CHECK(shell.value("SELECT status FROM bookings") == (expected ? to : from));
  }
}

TEST_CASE("only an approved booking can be paid from the shell, its total, once") {
  for (const char* status :
       {"submitted", "paid", "collected", "returned", "declined", "cancelled"}) {
    INFO(status);
    CHECK_THROWS(SqliteShell(status).pay());
  }
  SqliteShell shell("approved");
  CHECK_THROWS(shell.pay(46999));
  CHECK_NOTHROW(shell.pay());
  CHECK(shell.value("SELECT status FROM bookings") == "paid");
  CHECK(shell.value("SELECT value FROM payment_totals") == "47000");
}

TEST_CASE("history cannot be rewritten from the shell") {
  const std::string sql = GENERATE(
      as<std::string>{}, "UPDATE audit_events SET actor = 'b'", "DELETE FROM audit_events",
      "INSERT OR REPLACE INTO audit_events SELECT 1, 'y', NULL, NULL, '{}', 'a', 'r', 'q', 't',"
      " zeroblob(32), randomblob(32)",
      "INSERT INTO audit_events SELECT 3, 'y', NULL, NULL, '{}', 'a', 'r', 'q', 't', hash, hash "
      "FROM audit_events",
      "INSERT INTO audit_events SELECT 2, 'y', NULL, NULL, '{}', 'a', 'r', 'q', 't', zeroblob(32), "
      "hash"
      " FROM audit_events",
      "DELETE FROM bookings",
      "UPDATE bookings SET total = 1, monthly_subtotal = 0, handling_fee = 1",
      "UPDATE bookings SET id = 'HSS-0000000002'",
      "INSERT OR REPLACE INTO bookings SELECT seq, id, customer_name, email, pickup_date, "
      "pickup_window,"
      " address, item_count, duration_months, monthly_subtotal, handling_fee, total, 'submitted',"
      " created_at, updated_at, owner, items, version, phone, whatsapp, access_notes, collected_on,"
      " return_date, return_window, return_address, return_method, failed_trips, needs_new_date,"
      " last_item_id, due_on, residence_id, room, return_residence_id, return_room, terms_version,"
      " early_start, pickup_method FROM bookings",
      "UPDATE bookings SET items = '[{\"type\":\"bed\"}]'", "UPDATE bookings SET rowid = 77",
      "UPDATE OR REPLACE bookings SET rowid = 2",
      "INSERT OR REPLACE INTO payments SELECT * FROM payments", "UPDATE payments SET amount = 1",
      "DELETE FROM payments");
  SqliteShell shell("paid");
  INFO(sql);
  CHECK_THROWS(shell.exec(sql));
}

TEST_CASE("a booking begins as submitted, with a total that is right, and nothing else") {
  const std::string insert =
      "INSERT INTO bookings (id, customer_name, email, pickup_date, pickup_window, address,"
      " item_count, duration_months, monthly_subtotal, handling_fee, total, status, created_at,"
      " updated_at, items) VALUES ";
  const std::string row = GENERATE(as<std::string>{},
                                   "('HSS-0000000002', 'Th', 'a@b.co', '2026-12-01', 'w', 'a', 1, "
                                   "2, 6000, 35000, 47000, 'paid', 't', 't', '[{}]')",
                                   "('HSS-0000000002', 'Th', 'a@b.co', '2026-12-01', 'w', 'a', 1, "
                                   "2, 6000, 35000, 46000, 'submitted', 't', 't', '[{}]')",
                                   "('HSS-0000000002', 'Th', 'a@b.co', '2026-12-01', 'w', 'a', 1, "
                                   "13, 6000, 35000, 113000, 'submitted', 't', 't', '[{}]')",
                                   "('HSS-0000000002', 'Th', 'a@b.co', 'tomorrow', 'w', 'a', 1, 2, "
                                   "6000, 35000, 47000, 'submitted', 't', 't', '[{}]')",
                                   "('HSS-2', 'Th', 'a@b.co', '2026-12-01', 'w', 'a', 1, 2, 6000, "
                                   "35000, 47000, 'submitted', 't', 't', '[{}]')",
                                   "('HSS-0000000001', 'Th', 'a@b.co', '2026-12-01', 'w', 'a', 1, "
                                   "2, 6000, 35000, 47000, 'submitted', 't', 't', '[{}]')",
                                   "('HSS-0000000002', 'Th', 'a@b.co', '2026-12-01', 'w', 'a', "
                                   "'x', 2, 6000, 35000, 47000, 'submitted', 't', 't', '[{}]')",
                                   "('HSS-0000000002', 'Th', 'a@b.co', '2026-12-01', 'w', 'a', 1, "
                                   "2, 6000, 35000, 47000, 'submitted', 't', 't', '[{}, {}]')",
                                   "('HSS-0000000002', 'Th', 'a@b.co', '2026-12-01', 'w', 'a', 1, "
                                   "2, 6000, 35000, 47000, 'submitted', 't', 't', '[')");
  SqliteShell shell("submitted");
  INFO(row);
  CHECK_THROWS(shell.exec(insert + row));
}

TEST_CASE("a booking is not put among those that are counted already") {
  SqliteShell shell("submitted");
  const std::string insert =
      "INSERT INTO bookings (seq, id, customer_name, email, pickup_date, pickup_window, address,"
      " item_count, duration_months, monthly_subtotal, handling_fee, total, status, created_at,"
      " updated_at, owner, items) SELECT 7, 'HSS-0000000002', customer_name, email, pickup_date,"
      " pickup_window, address, item_count, duration_months, monthly_subtotal, handling_fee, total,"
      " 'submitted', created_at, updated_at, owner, items FROM bookings";
  shell.exec("UPDATE bookings_taken_in SET seq = 7");
  CHECK_THROWS(shell.exec(insert));
  shell.exec("UPDATE bookings_taken_in SET seq = 6");
  CHECK_NOTHROW(shell.exec(insert));
}

TEST_CASE("a payment does not take the place of another booking's") {
  SqliteShell shell("paid");
  shell.exec(
      "INSERT INTO bookings (seq, id, customer_name, email, pickup_date, pickup_window, address,"
      " item_count, duration_months, monthly_subtotal, handling_fee, total, status, created_at,"
      " updated_at, owner, items) SELECT 2, 'HSS-0000000002', customer_name, email, pickup_date,"
      " pickup_window, address, item_count, duration_months, monthly_subtotal, handling_fee, total,"
      " 'submitted', created_at, updated_at, owner, items FROM bookings; UPDATE bookings SET "
      "status = "
      "'approved'"
      " WHERE seq = 2");
  CHECK_THROWS(shell.exec(
      "INSERT OR REPLACE INTO payments VALUES (2, 'PAY-0000000001', 'card', 47000, 't')"));
  CHECK(shell.value("SELECT booking_seq FROM payments") == "1");
}

TEST_CASE("a booking changes from the shell only beside a row of what changed, each once") {
  const std::string change = GENERATE(
      as<std::string>{}, "pickup_date = '2026-12-02'", "pickup_window = '09:00'",
      "address = 'Elsewhere'", "phone = '082'", "whatsapp = '082'", "access_notes = 'Gate'",
      "duration_months = 3, total = 53000", "return_date = '2027-02-01'", "return_window = '09:00'",
      "return_address = 'Elsewhere'", "return_method = 'deliver'", "customer_name = 'Sipho'",
      "email = 's@b.co'", "items = '[{\"type\":\"bed\"}]'", "last_item_id = 3",
      "item_count = 2, items = '[{},{}]'", "monthly_subtotal = 7000, total = 49000",
      "residence_id = 'RES-0000000001'", "room = '9'", "return_residence_id = 'RES-0000000001'",
      "return_room = '9'");
  SqliteShell shell("submitted");
  INFO(change);
  const std::string row =
      "INSERT INTO booking_changes VALUES (1, 2, '0123456789abcdef0123456789abcdef', '')";
  const std::string update = "UPDATE bookings SET version = version + 1, " + change;
  CHECK_THROWS(shell.exec("UPDATE bookings SET " + change));
  CHECK_THROWS(shell.exec(update));
  shell.exec(row);
  CHECK_THROWS(shell.exec("UPDATE bookings SET " + change));
  CHECK_NOTHROW(shell.exec(update));
  CHECK_THROWS(shell.exec(update));
  CHECK(shell.value("SELECT version FROM bookings") == "2");
}

TEST_CASE("a paid booking keeps its price, and no item an id of before, from the shell") {
  const auto change = [](SqliteShell& shell, const std::string& what) {
    shell.exec(
        "INSERT INTO booking_changes SELECT seq, version + 1, '0123456789abcdef0123456789abcdef',"
        " '' FROM bookings; UPDATE bookings SET version = version + 1, " +
        what);
  };
  for (const char* what :
       {"duration_months = 3, total = 53000", "monthly_subtotal = 7000, total = 49000",
        "item_count = 2, items = '[{},{}]'"}) {
    INFO(what);
    SqliteShell unpaid("approved"), paid("paid");
    CHECK_NOTHROW(change(unpaid, what));
    CHECK_THROWS(change(paid, what));
  }
  SqliteShell shell("paid");
  CHECK_NOTHROW(change(shell, "total = total, item_count = item_count, items = '[{\"name\":1}]'"));
  CHECK_NOTHROW(change(shell, "last_item_id = 3"));
  CHECK_THROWS(change(shell, "last_item_id = 2"));
  CHECK(shell.value("SELECT last_item_id FROM bookings") == "3");
}

TEST_CASE("the rows of what changed, and the versions, cannot be rewritten from the shell") {
  SqliteShell shell("submitted");
  shell.exec(
      "INSERT INTO booking_changes VALUES (1, 2, '0123456789abcdef0123456789abcdef', '');"
      "UPDATE bookings SET version = 2;"
      "INSERT INTO failed_trips (booking_seq, client_id, kind, date, reason, failed_at)"
      " VALUES (1, 'a', 'pickup', '2026-12-01', 'Nobody there', 't')");
  for (const char* sql :
       {"UPDATE booking_changes SET personal = '{}'", "DELETE FROM booking_changes",
        "INSERT INTO booking_changes VALUES (1, 2, '0123456789abcdef0123456789abcdef', '')",
        "INSERT INTO booking_changes VALUES (1, 4, '0123456789abcdef0123456789abcdef', '')",
        "REPLACE INTO booking_changes VALUES (1, 2, '0123456789abcdef0123456789abcdef', '{}')",
        "UPDATE bookings SET version = 1", "UPDATE bookings SET version = 4",
        "DELETE FROM failed_trips"}) {
    INFO(sql);
    CHECK_THROWS(shell.exec(sql));
  }
}

TEST_CASE("there is one business, and no version of its terms is rewritten from the shell") {
  SqliteShell shell("submitted");
  shell.exec("INSERT INTO business_terms VALUES (1, 'Be kind.', '2026-11-22')");
  for (const char* sql :
       {"DELETE FROM business", "UPDATE business SET id = 2", "UPDATE business SET name = ''",
        "UPDATE business SET payment_methods = 'gold'", "UPDATE business SET liability_cap = -1",
        "UPDATE business_terms SET text = 'Pay more.'", "DELETE FROM business_terms",
        "INSERT OR REPLACE INTO business_terms VALUES (1, 'Pay more.', '2026-11-22')",
        "INSERT INTO business_terms VALUES (3, 'Pay more.', '2026-11-22')"}) {
    INFO(sql);
    CHECK_THROWS(shell.exec(sql));
  }
  CHECK(shell.value("SELECT text FROM business_terms") == "Be kind.");
  CHECK(shell.value("SELECT name FROM business") == "Hatfield Storage Solutions");
}

TEST_CASE("from the shell a booking gets an account once, and only while it has a claim code") {
  SqliteShell shell("submitted");
  shell.exec(
      "INSERT INTO accounts VALUES ('ACC-0123456789', 'thandi@tuks.co.za', 'Thandi', 'customer', "
      "'',"
      " '', 1, 't'), ('ACC-1123456789', 'sipho@tuks.co.za', 'Sipho', 'customer', '', '', 1, 't')");
  const std::string give = "UPDATE bookings SET version = version + 1, owner = 'ACC-0123456789'";
  CHECK_THROWS(shell.exec(give));
  shell.exec("INSERT INTO claim_codes SELECT seq, '" + std::string(64, 'a') +
             "', 't' FROM bookings");
  CHECK_THROWS(shell.exec("UPDATE bookings SET owner = 'ACC-0123456789'"));
  CHECK_NOTHROW(shell.exec(give));
  CHECK_THROWS(shell.exec("UPDATE bookings SET version = version + 1, owner = 'ACC-1123456789'"));
  CHECK_THROWS(shell.exec("UPDATE bookings SET version = version + 1, owner = NULL"));
  CHECK(shell.value("SELECT owner FROM bookings") == "ACC-0123456789");
}

TEST_CASE(
    "from the shell a booking lacks its e-mail only with a telephone, its address if brought") {
  SqliteShell shell("submitted");
  const auto insert = [](const std::string& email, const std::string& phone,
                         const std::string& address, const std::string& method) {
    return "INSERT INTO bookings (id, customer_name, email, pickup_date, pickup_window, address,"
           " item_count, duration_months, monthly_subtotal, handling_fee, total, status,"
           " created_at, updated_at, items, phone, pickup_method) VALUES ('HSS-0000000002', 'Th', "
           "'" +
           email + "', '2026-12-01', 'w', '" + address +
           "', 1, 2, 6000, 35000, 47000, 'submitted', 't', 't', '[{}]', '" + phone + "', '" +
           method + "')";
  };
  CHECK_THROWS(shell.exec(insert("", "", "a", "collect")));
  CHECK_THROWS(shell.exec(insert("a@b.co", "", "", "collect")));
  CHECK_THROWS(shell.exec(insert("a@b.co", "", "a", "carried")));
  CHECK_NOTHROW(shell.exec(insert("", "082 555 0123", "", "brought")));
  for (const char* sql :
       {"UPDATE bookings SET terms_version = 3", "UPDATE bookings SET early_start = 1",
        "UPDATE bookings SET pickup_method = 'brought'"}) {
    INFO(sql);
    CHECK_THROWS(shell.exec(sql));
  }
}

TEST_CASE("no type of an item is deleted or renamed from the shell, and 'other' stays offered") {
  SqliteShell shell("submitted");
  for (const char* sql :
       {"DELETE FROM catalog_items WHERE item_type = 'bed'", "DELETE FROM catalog_items",
        "UPDATE catalog_items SET item_type = 'sofa' WHERE item_type = 'bed'",
        "UPDATE catalog_items SET offered = 0 WHERE item_type = 'other'",
        "UPDATE catalog_items SET monthly_price = -1", "UPDATE catalog_items SET label = ''",
        "INSERT INTO catalog_items VALUES ('Sofa', 'Sofa', 'other', 1, 6, 1)",
        "INSERT INTO catalog_charges VALUES (1, 'Stairs', -1)"}) {
    INFO(sql);
    CHECK_THROWS(shell.exec(sql));
  }
  shell.exec("UPDATE catalog_items SET offered = 0 WHERE item_type = 'bed'");
  CHECK(shell.value("SELECT count(*) FROM catalog_items") == "5");
}

TEST_CASE("a residence has an id of its own and a name of its own, and days that are whole") {
  SqliteShell shell("submitted");
  shell.exec("INSERT INTO residences VALUES ('RES-1000000000', 'A', '', '', '', '', '', '', '')");
  for (const char* row : {"'RES-1', 'B', '', ''", "'HSS-2000000000', 'B', '', ''",
                          "'RES-2000000000', 'A', '', ''", "'RES-2000000000', '', '', ''",
                          "'RES-1000000000', 'B', '', ''", "'RES-2000000000', 'B', '', '2026'"}) {
    INFO(row);
    CHECK_THROWS(
        shell.exec("INSERT INTO residences VALUES (" + std::string(row) + ", '', '', '', '', '')"));
  }
  CHECK(shell.value("SELECT count(*) FROM residences") == "1");
}

TEST_CASE("the audit trail does not scan or sort") {
  // These are the conditions and orders of bookings.cpp and audit.cpp in src/storage/sqlite.
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  database.exec(hss::storage::schema_sql);
  for (const char* sql :
       {"SELECT * FROM audit_events WHERE booking_seq = (SELECT seq FROM bookings WHERE id = 'x') "
        "AND (+event_type = 'booking_submitted' OR +event_type = 'status_updated') ORDER BY id",
        "SELECT * FROM audit_events WHERE booking_seq = (SELECT seq FROM bookings WHERE id = 'x') "
        "AND id < 9 ORDER BY id DESC LIMIT 50",
        "SELECT * FROM audit_events WHERE event_type = 'x' AND id < 9 ORDER BY id DESC LIMIT 50",
        "SELECT * FROM audit_events WHERE id < 9 ORDER BY id DESC LIMIT 50"}) {
    INFO(sql);
    SQLite::Statement plan(database, std::string("EXPLAIN QUERY PLAN ") + sql);
    while (plan.executeStep()) {
      const std::string step = plan.getColumn(3).getString();
      INFO(step);
      CHECK(step.find("TEMP B-TREE") == std::string::npos);
      CHECK(step.find("SCAN") == std::string::npos);
    }
  }
}

TEST_CASE("returns of a day and what is overdue are read off their own indexes") {
  // These are the conditions and orders of src/storage/sql/bookings.cpp.
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE);
  database.exec(hss::storage::schema_sql);
  for (const char* sql :
       {"SELECT b.items FROM bookings b LEFT JOIN payments p ON p.booking_seq = b.seq"
        " WHERE b.return_date = ? AND b.return_date <> '' AND b.status <> 'declined'"
        " AND b.status <> 'cancelled' ORDER BY b.seq LIMIT 501",
        "SELECT b.id FROM bookings b LEFT JOIN payments p ON p.booking_seq = b.seq"
        " WHERE b.due_on < ? AND b.due_on <> '' ORDER BY b.due_on, b.seq LIMIT 50",
        "SELECT count(*) FROM bookings WHERE due_on < ? AND due_on <> ''"}) {
    INFO(sql);
    SQLite::Statement plan(database, std::string("EXPLAIN QUERY PLAN ") + sql);
    while (plan.executeStep()) {
      const std::string step = plan.getColumn(3).getString();
      INFO(step);
      CHECK(step.find("TEMP B-TREE") == std::string::npos);
      CHECK(step.find("SCAN") == std::string::npos);
    }
  }
}
