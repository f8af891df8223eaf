#include "storage/sqlite/migrations.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <functional>
#include <random>
#include <sstream>

#include "domain/bookings/booking_service.h"
#include "domain/error.h"
#include "places.h"
#include "storage/sql/views.h"
#include "storage/sqlite/backup.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/sqlite_store.h"
#include "support.h"

using namespace hss::storage;
using namespace hss::test;
using hss::domain::Error;

namespace {

const auto unheard = [](const std::string&) {};

// A schema that has grown from version 1 to 3, as ours will.
constexpr const char* version_1 = "CREATE TABLE boxes (id INTEGER PRIMARY KEY) STRICT";
constexpr std::array<Migration, 2> migrations{
    {{2, "ALTER TABLE boxes ADD COLUMN label TEXT"},
     {3, "CREATE INDEX boxes_by_label ON boxes (label)"}}};
constexpr const char* version_3 =
    "CREATE TABLE boxes (id INTEGER PRIMARY KEY, label TEXT) STRICT;"
    "CREATE INDEX boxes_by_label ON boxes (label)";
constexpr std::array<Migration, 2> broken_steps{
    {{2, "ALTER TABLE boxes ADD COLUMN label TEXT"},
     {3, "CREATE TABLE shelves (id); THIS IS NOT SQL"}}};

const Schema old_schema{.version = 1, .sql = version_1, .migrations = {}};
const Schema new_schema{.version = 3, .sql = version_3, .migrations = migrations};
const Schema broken_schema{.version = 3, .sql = version_3, .migrations = broken_steps};

int user_version(const std::string& path) {
  return SQLite::Database(path).execAndGet("PRAGMA user_version").getInt();
}

/// The structure of the tables, however it came about.
std::string shape(const std::string& path) {
  SQLite::Database database(path);
  std::string shape;
  SQLite::Statement rows(
      database,
      "SELECT m.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_schema m,"
      " pragma_table_info(m.name) c WHERE m.type = 'table'"
      " UNION ALL SELECT name, tbl_name, type, 0, 0 FROM sqlite_schema WHERE type <> 'table'"
      " ORDER BY 1, 2");
  while (rows.executeStep()) {
    for (int i = 0; i < 5; ++i) shape += rows.getColumn(i).getString() + " ";
    shape += "\n";
  }
  return shape;
}

std::string rejection(const std::string& path, const Schema& schema = hss_schema()) {
  try {
    migrate(path, schema, unheard);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

/// Every statement that created the file, without white space: a column that a migration added is
/// in its table's text as the migration wrote it.
std::string statements(const std::string& path) {
  SQLite::Database database(path);
  std::string text;
  SQLite::Statement rows(database,
                         "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '')"
                         " FROM sqlite_schema ORDER BY type, name");
  while (rows.executeStep()) text += rows.getColumn(0).getString() + "\n";
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
}

int copies_beside(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  int copies = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    copies += entry.path().string().find("backup") != std::string::npos ? 1 : 0;
  }
  return copies;
}

std::string items(const std::string& path) {
  return SQLite::Database(path)
      .execAndGet(
          "SELECT group_concat(items, char(10)) FROM (SELECT items FROM bookings ORDER BY seq)")
      .getString();
}

/// Inserts eight bookings over four weeks, two of them paid, without the other work of a commit.
/// The rows are the same in a file of any version.
void fill_old(const std::string& path) {
  using namespace hss::domain;
  TestClock clock;
  const BookingService bookings(clock.clock(), seeded_random());
  SqliteConnection connection(path, SqliteConnection::Mode::read_write);
  TxCache cache;
  SqlTx tx(connection, cache);
  execute(connection, "BEGIN IMMEDIATE");
  for (int i = 0; i < 8; ++i) {
    BookingDraft draft = a_draft();
    draft.duration_months = 1 + i % 3;
    draft.items.resize(1 + static_cast<std::size_t>(i) % 2);
    if (i % 3 == 0) draft.items[0].name = "Bücher \"A\\B\"";
    if (i % 4 == 0) draft.items[0].s3_key = "photos/1.jpg";
    const std::string id = bookings.create(tx, draft, staff).id;
    clock.advance(std::chrono::hours(80));
    if (i % 4 != 0) continue;
    bookings.change_status(tx, id, {.to = Status::approved}, staff);
    bookings.pay(tx, id, "card", staff);
  }
  execute(connection, "COMMIT");
}

/// Adds so many bookings, then returns the figures of all, and the bookings found by name.
std::string figures_after(
    int more, const std::string& path, const std::function<void()>& then = [] {}) {
  using namespace hss::domain;
  TestClock clock;
  // These are other bookings than those of fill_old().
  const BookingService bookings(clock.clock(),
                                [dice = std::mt19937(77)](std::span<std::uint8_t> bytes) mutable {
                                  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(dice());
                                });
  SqliteStore store(path, unheard);
  store.transact([&](Tx& tx) {
    for (int i = 0; i < more; ++i) bookings.create(tx, a_draft(), staff);
  });
  then();
  clock.advance(std::chrono::weeks(5));
  return store.read([&](Reader& reader) {
    std::ostringstream text;
    const Statistics statistics = reader.reports().statistics(last_weeks(clock.now(), 6));
    for (const auto& week : statistics.weeks) {
      text << week.week << ' ' << week.bookings << ' ' << week.revenue.cents << '\n';
    }
    for (const auto& item : statistics.items) text << item.label << ' ' << item.count << '\n';
    for (const auto& one : statistics.durations) {
      text << one.duration_months << " months " << one.count << '\n';
    }
    const Overview overview = reader.reports().overview();
    for (const auto& one : overview.by_status) {
      text << to_text(one.status) << ' ' << one.count << '\n';
    }
    text << overview.gross_value.cents << ' ' << overview.paid_revenue.cents << '\n';
    for (const Booking& booking : reader.bookings().list({.q = "thandi"}, {.limit = 200}).rows) {
      text << booking.id << '\n';
    }
    return text.str();
  });
}

}  // namespace

TEST_CASE("a file of version 1 becomes what a fresh one is, its bookings counted") {
  TempFolder folder;
  const std::string old_file = folder.file("old.db");
  const std::string fresh_file = folder.file("fresh.db");
  const std::string sql = read_file(source_folder() + "/src/storage/sqlite/0001_first.sql");
  migrate(old_file, {.version = 1, .sql = sql.c_str(), .migrations = {}}, unheard);
  migrate(fresh_file, hss_schema(), unheard);
  // Today's program writes and reads columns that version 1 had not, looks for a calendar and asks
  // more of a catalogue.
  const std::vector<std::string> later{"version INTEGER NOT NULL DEFAULT 1",
                                       "phone TEXT NOT NULL DEFAULT ''",
                                       "whatsapp TEXT NOT NULL DEFAULT ''",
                                       "access_notes TEXT NOT NULL DEFAULT ''",
                                       "collected_on TEXT NOT NULL DEFAULT ''",
                                       "return_date TEXT NOT NULL DEFAULT ''",
                                       "return_window TEXT NOT NULL DEFAULT ''",
                                       "return_address TEXT NOT NULL DEFAULT ''",
                                       "return_method TEXT NOT NULL DEFAULT ''",
                                       "failed_trips INTEGER NOT NULL DEFAULT 0",
                                       "needs_new_date INTEGER NOT NULL DEFAULT 0",
                                       "last_item_id INTEGER NOT NULL DEFAULT 0",
                                       "due_on TEXT NOT NULL DEFAULT ''",
                                       "residence_id TEXT NOT NULL DEFAULT ''",
                                       "room TEXT NOT NULL DEFAULT ''",
                                       "return_residence_id TEXT NOT NULL DEFAULT ''",
                                       "return_room TEXT NOT NULL DEFAULT ''",
                                       "terms_version INTEGER NOT NULL DEFAULT 0",
                                       "early_start INTEGER NOT NULL DEFAULT 0",
                                       "pickup_method TEXT NOT NULL DEFAULT 'collect'"};
  std::string adds, drops;
  for (const std::string& column : later) {
    adds += "ALTER TABLE bookings ADD COLUMN " + column + ";";
    drops += "ALTER TABLE bookings DROP COLUMN " + column.substr(0, column.find(' ')) + ";";
  }
  SQLite::Database(old_file, SQLite::OPEN_READWRITE)
      .exec(
          "ALTER TABLE bookings ADD COLUMN owner TEXT; ALTER TABLE bookings ADD COLUMN items TEXT;"
          "CREATE TABLE calendar (version INTEGER, document TEXT);"
          "ALTER TABLE catalog_items ADD COLUMN icon TEXT;"
          "ALTER TABLE catalog_items ADD COLUMN position INTEGER;"
          "ALTER TABLE catalog_items ADD COLUMN offered INTEGER DEFAULT 1;"
          "UPDATE catalog_items SET icon = item_type;"
          "CREATE TABLE catalog_charges (position INTEGER, name TEXT, amount INTEGER);" +
          adds);
  fill_old(old_file);
  SQLite::Database(old_file, SQLite::OPEN_READWRITE)
      .exec(
          "INSERT INTO booking_items (booking_seq, position, item_type, item_name, s3_key)"
          " SELECT seq, key + 1, value ->> 'type', value ->> 'name', value ->> 's3_key'"
          " FROM bookings, json_each(items);"
          "ALTER TABLE bookings DROP COLUMN items; ALTER TABLE bookings DROP COLUMN owner;"
          "DROP TABLE calendar; DROP TABLE catalog_charges;"
          "ALTER TABLE catalog_items DROP COLUMN icon;"
          "ALTER TABLE catalog_items DROP COLUMN position;"
          "ALTER TABLE catalog_items DROP COLUMN offered;" +
          drops);
  fill_old(fresh_file);
  // As in version 1, the index has all, some or none of the bookings.
  const int indexed = GENERATE(8, 5, 0);
  SQLite::Database(old_file, SQLite::OPEN_READWRITE)
      .exec(
          "INSERT INTO booking_search (rowid, words) SELECT seq, substr(id, 5) || ' ' ||"
          " customer_name || ' ' || email FROM bookings WHERE seq <= " +
          std::to_string(indexed) +
          "; UPDATE booking_search_mark SET seq = " + std::to_string(indexed));

  migrate(old_file, hss_schema(), unheard);
  CHECK(user_version(old_file) == hss_schema().version);
  CHECK(user_version(old_file + ".v1.backup") == 1);
  CHECK(statements(old_file) == statements(fresh_file));
  CHECK(items(old_file) == items(fresh_file));
  // A single one stays new beside the index; the others bring all into it.
  const int more = GENERATE(1, 140);
  const std::string figures = figures_after(more, old_file);
  CHECK(figures == figures_after(more, fresh_file));
  CHECK(figures.find("2026-11-16 " + std::to_string(1 + more) + " ") != std::string::npos);
}

TEST_CASE("bookings of before version 12 keep the labels and prices of that day's catalogue") {
  TempFolder folder;
  const std::string file = folder.file("hss.db");
  migrate(file, {.version = 1, .sql = hss_schema().first, .migrations = {}}, unheard);
  migrate(file, {.version = 11, .sql = "", .migrations = hss_schema().migrations.first(10)},
          unheard);
  SQLite::Database(file, SQLite::OPEN_READWRITE)
      .exec(
          "UPDATE catalog_items SET label = 'The \"large\" box', monthly_price = 6150"
          " WHERE item_type = 'box';"
          "INSERT INTO bookings VALUES (1, 'HSS-0000000001', 'Thandi', 't@x.co.za', '2026-12-01',"
          " '08:00 – 11:00', '12 Burnett Street', 2, 1, 18150, 35000, 53150, 'submitted',"
          " '2026-11-22T08:00:00.000Z', '2026-11-22T08:00:00.000Z', NULL,"
          " '[{\"type\":\"other\",\"name\":\"{\\\"type\\\":\\\"box\\\"}\"},{\"type\":\"box\"}]')");
  migrate(file, hss_schema(), unheard);
  CHECK(items(file) ==
        R"([{"type":"other","label":"Other item","price":12000,"name":"{\"type\":\"box\"}"},)"
        R"({"type":"box","label":"The \"large\" box","price":6150}])");
  SqliteStore store(file, unheard);
  store.read([](hss::domain::Reader& reader) {
    const auto catalog = reader.catalog().get();
    REQUIRE(catalog.items.size() == 5);
    CHECK(catalog.items[1].label == "The \"large\" box");
    CHECK(catalog.items[1].icon == "box");
    CHECK(catalog.items[4].type == "suitcase");
  });
}

TEST_CASE("messages of before version 7 say who wrote them, as their audit events do") {
  TempFolder folder;
  const std::string file = folder.file("hss.db");
  migrate(file, {.version = 1, .sql = hss_schema().first, .migrations = {}}, unheard);
  migrate(file, {.version = 6, .sql = "", .migrations = hss_schema().migrations.first(5)}, unheard);
  SQLite::Database(file, SQLite::OPEN_READWRITE)
      .exec(
          "INSERT INTO audit_events (id, event_type, payload, actor, actor_role, request_id,"
          " created_at, previous_hash, hash) VALUES"
          " (1, 'notification', '{\"message\":\"Open late\"}', 'lerato@x.co.za', 'staff', 'r',"
          " '2026-11-22T08:00:00.000Z', zeroblob(32), zeroblob(32)),"
          " (2, 'notification', '{\"message\":\"Closed\"}', 'sipho@x.co.za', 'admin', 'r',"
          " '2026-11-22T08:00:00.000Z', zeroblob(32), zeroblob(32));"
          "INSERT INTO notifications (message, created_at) VALUES"
          " ('Closed', '2026-11-22T08:00:00.000Z'), ('Open late', '2026-11-22T08:00:00.000Z'),"
          " ('Told by nobody', '2026-11-22T08:00:00.000Z')");
  migrate(file, hss_schema(), unheard);
  CHECK(SQLite::Database(file)
            .execAndGet("SELECT group_concat(actor || ' ' || actor_role, ', ') FROM"
                        " (SELECT actor, actor_role FROM notifications ORDER BY id)")
            .getString() == "sipho@x.co.za admin, lerato@x.co.za staff,  ");
}

TEST_CASE("a booking of before version 13 has the day on which it was collected from the trail") {
  TempFolder folder;
  const std::string file = folder.file("hss.db");
  const auto step = [](int id, const std::string& at, const std::string& payload) {
    return "INSERT INTO audit_events (id, event_type, booking_id, booking_seq, payload, actor,"
           " actor_role, request_id, created_at, previous_hash, hash) SELECT " +
           std::to_string(id) + ", 'status_updated', 'HSS-0000000001', 1, '" + payload +
           "', 'a', 'staff', 'r', '" + at +
           "', coalesce((SELECT hash FROM audit_events ORDER BY id DESC LIMIT 1), zeroblob(32)),"
           " randomblob(32);";
  };
  migrate(file, {.version = 1, .sql = hss_schema().first, .migrations = {}}, unheard);
  migrate(file, {.version = 12, .sql = "", .migrations = hss_schema().migrations.first(11)},
          unheard);
  SQLite::Database(file, SQLite::OPEN_READWRITE)
      .exec(
          "INSERT INTO bookings (id, customer_name, email, pickup_date, pickup_window, address,"
          " item_count, duration_months, monthly_subtotal, handling_fee, total, status, created_at,"
          " updated_at, items) VALUES ('HSS-0000000001', 'Thandi', 'a@b.co', '2026-12-01',"
          " '08:00', 'Hatfield', 1, 2, 6000, 35000, 47000, 'submitted', 't', 't',"
          " '[{\"type\":\"box\"}]');"
          "UPDATE bookings SET status = 'approved';"
          "INSERT INTO payments VALUES (1, 'PAY-0000000001', 'card', 47000, 't');"
          "UPDATE bookings SET status = 'collected'; UPDATE bookings SET status = 'in_storage';" +
          step(1, "2026-12-01T09:00:00.000Z", R"({"from":"paid","to":"collected"})") +
          step(2, "2026-12-01T09:01:00.000Z",
               R"({"from":"collected","to":"paid","correction":true})") +
          // Past midnight in South Africa.
          step(3, "2026-12-01T22:30:00.000Z", R"({"from":"paid","to":"collected"})") +
          step(4, "2026-12-02T09:00:00.000Z", R"({"from":"collected","to":"in_storage"})") +
          step(5, "2026-12-02T09:01:00.000Z",
               R"({"from":"in_storage","to":"collected","correction":true})") +
          step(6, "2026-12-02T09:02:00.000Z", R"({"from":"collected","to":"in_storage"})"));
  migrate(file, hss_schema(), unheard);
  SQLite::Database migrated(file);
  CHECK(migrated.execAndGet("SELECT collected_on FROM bookings").getString() == "2026-12-02");
  CHECK(migrated.execAndGet("SELECT version FROM bookings").getInt() == 1);
  CHECK(migrated.execAndGet("SELECT due_on FROM bookings").getString() == "2027-02-02");
}

TEST_CASE("a booking of before version 14 that is stored has the day until which it is") {
  struct Row {
    std::string collected_on;
    int months;
    std::string due_on;
  };
  const std::vector<Row> rows{{"2026-12-02", 3, "2027-03-02"},  {"2026-11-30", 3, "2027-02-28"},
                              {"2027-11-30", 3, "2028-02-29"},  {"2026-12-31", 2, "2027-02-28"},
                              {"2026-08-31", 1, "2026-09-30"},  {"2028-02-29", 12, "2029-02-28"},
                              {"9999-06-15", 12, "9999-12-31"}, {"", 3, ""}};
  TempFolder folder;
  const std::string file = folder.file("hss.db");
  migrate(file, {.version = 1, .sql = hss_schema().first, .migrations = {}}, unheard);
  migrate(file, {.version = 13, .sql = "", .migrations = hss_schema().migrations.first(12)},
          unheard);
  {
    SQLite::Database before(file, SQLite::OPEN_READWRITE);
    before.exec("DROP TRIGGER bookings_begin");
    for (std::size_t at = 0; at < rows.size(); ++at) {
      const Row& row = rows[at];
      const std::string months = std::to_string(row.months), seq = std::to_string(at + 1);
      before.exec(
          "INSERT INTO bookings (seq, id, customer_name, email, pickup_date, pickup_window,"
          " address, item_count, duration_months, monthly_subtotal, handling_fee, total, status,"
          " created_at, updated_at, items, collected_on) VALUES (" +
          seq + ", 'HSS-000000000" + seq + "', 'Thandi', 'a@b.co', '2026-12-01', '08:00'," +
          " 'Hatfield', 1, " + months + ", 6000, 35000, 35000 + 6000 * " + months + ", '" +
          (row.collected_on.empty() ? "submitted" : "in_storage") +
          "', 't', 't', '[{\"type\":\"box\"}]', '" + row.collected_on + "')");
    }
  }
  migrate(file, hss_schema(), unheard);
  SQLite::Database migrated(file);
  for (std::size_t at = 0; at < rows.size(); ++at) {
    INFO(rows[at].collected_on);
    const std::string of_row = " FROM bookings WHERE seq = " + std::to_string(at + 1);
    CHECK(migrated.execAndGet("SELECT due_on" + of_row).getString() == rows[at].due_on);
    CHECK(migrated.execAndGet("SELECT last_item_id" + of_row).getInt() == 0);
  }
}

TEST_CASE("a file with columns that somebody added is refused, and keeps what is in it") {
  const std::string table = GENERATE("bookings", "payments", "deliveries");
  TempFolder folder;
  const std::string file = folder.file("hss.db");
  const Schema version_4{.version = 4, .sql = "", .migrations = hss_schema().migrations.first(3)};
  const std::string sql = read_file(source_folder() + "/src/storage/sqlite/0001_first.sql");
  migrate(file, {.version = 1, .sql = sql.c_str(), .migrations = {}}, unheard);
  migrate(file, version_4, unheard);
  SQLite::Database(file, SQLite::OPEN_READWRITE)
      .exec("ALTER TABLE " + table + " ADD COLUMN note TEXT");
  const std::string before = shape(file);
  // A service manager starts the program again and again.
  const auto copies = copies_beside(file);
  for (int start = 0; start < 3; ++start) {
    const std::string sentence = rejection(file);
    INFO(sentence);
    CHECK(sentence.find("the table " + table + " has a column note") != std::string::npos);
    CHECK(sentence.find("SQL") == std::string::npos);
  }
  CHECK(copies_beside(file) == copies);
  CHECK(user_version(file) == 4);
  CHECK(shape(file) == before);
}

TEST_CASE("a column that is in no step's way stays, as the file can be brought up") {
  TempFolder folder;
  const std::string file = folder.file("hss.db");
  const Schema version_4{.version = 4, .sql = "", .migrations = hss_schema().migrations.first(3)};
  const std::string sql = read_file(source_folder() + "/src/storage/sqlite/0001_first.sql");
  migrate(file, {.version = 1, .sql = sql.c_str(), .migrations = {}}, unheard);
  migrate(file, version_4, unheard);
  SQLite::Database(file, SQLite::OPEN_READWRITE).exec("ALTER TABLE accounts ADD COLUMN note TEXT");
  CHECK(rejection(file).empty());
  CHECK(user_version(file) == hss_schema().version);
}

TEST_CASE(
    "a start that was killed in a step finds its copy again, and one that changed nothing leaves "
    "none") {
  TempFolder folder;
  const std::string file = folder.file("hss.db");
  migrate(file, old_schema, unheard);
  constexpr std::array<Migration, 1> first_step_fails{{{2, "THIS IS NOT SQL"}}};
  CHECK_FALSE(
      rejection(file, {.version = 2, .sql = version_3, .migrations = first_step_fails}).empty());
  CHECK(copies_beside(file) == 0);
  // A killed start leaves this file.
  back_up(file, file + ".v1.backup", Secrets::kept, unheard);
  migrate(file, new_schema, unheard);
  CHECK(user_version(file) == 3);
  CHECK(copies_beside(file) == 1);
}

TEST_CASE("a file brought up step by step is as a fresh one") {
  TempFolder folder;
  migrate(folder.file("old.db"), old_schema, unheard);
  SQLite::Database(folder.file("old.db"), SQLite::OPEN_READWRITE)
      .exec("INSERT INTO boxes VALUES (7)");
  migrate(folder.file("old.db"), new_schema, unheard);
  migrate(folder.file("fresh.db"), new_schema, unheard);
  CHECK(user_version(folder.file("old.db")) == 3);
  CHECK(shape(folder.file("old.db")) == shape(folder.file("fresh.db")));
  CHECK(SQLite::Database(folder.file("old.db")).execAndGet("SELECT id FROM boxes").getInt() == 7);
}

TEST_CASE("a step takes in bookings that still wait, in a file that was left by kill -9") {
  TempFolder folder;
  const std::string served = folder.file("hss.db"), path = folder.file("killed.db");
  constexpr int pending = 100;
  // A kill at that moment would leave these bytes.
  figures_after(pending, served, [&] {
    for (const char* part : {"", "-wal"}) std::filesystem::copy_file(served + part, path + part);
  });
  REQUIRE(SQLite::Database(path).execAndGet("SELECT seq FROM bookings_indexed").getInt() == 0);

  // A migration that drops and rebuilds the index and the figures finds all bookings in them.
  const int next_version = hss_schema().version + 1;
  const std::array<Migration, 1> next{
      {{next_version,
        "CREATE TABLE seen AS SELECT (SELECT seq FROM bookings_indexed) AS indexed,"
        " (SELECT sum(count) FROM status_totals) AS counted"}}};
  migrate(path, {.version = next_version, .sql = "", .migrations = next}, unheard);
  SQLite::Database migrated(path);
  CHECK(migrated.execAndGet("SELECT indexed FROM seen").getInt() == pending);
  CHECK(migrated.execAndGet("SELECT counted FROM seen").getInt() == pending);
}

TEST_CASE("a fresh file of a version that is yet to come is built from its own tables") {
  TempFolder folder;
  migrate(folder.file("hss.db"), {.version = 8, .sql = version_3, .migrations = {}}, unheard);
  CHECK(user_version(folder.file("hss.db")) == 8);
}

TEST_CASE("before a step the file is backed up beside itself") {
  TempFolder folder;
  migrate(folder.file("hss.db"), old_schema, unheard);
  migrate(folder.file("hss.db"), new_schema, unheard);
  CHECK(user_version(folder.file("hss.db.v1.backup")) == 1);
}

TEST_CASE("a step that fails leaves the file at the step before it, and its backup") {
  TempFolder folder;
  migrate(folder.file("hss.db"), old_schema, unheard);
  CHECK_FALSE(rejection(folder.file("hss.db"), broken_schema).empty());
  CHECK(user_version(folder.file("hss.db")) == 2);
  CHECK(shape(folder.file("hss.db")).find("shelves") == std::string::npos);
  CHECK(user_version(folder.file("hss.db.v1.backup")) == 1);
}

TEST_CASE("a file of a newer version is refused and stays as it is") {
  TempFolder folder;
  migrate(folder.file("hss.db"), new_schema, unheard);
  const std::string before = read_file(folder.file("hss.db"));
  CHECK(rejection(folder.file("hss.db"), old_schema).find("newer HSS") != std::string::npos);
  CHECK(read_file(folder.file("hss.db")) == before);
}

TEST_CASE("a file that is no database is refused and stays as it is") {
  TempFolder folder;
  const std::string text(5000, 'x');
  write_file(folder.file("letter.txt"), text);
  CHECK(rejection(folder.file("letter.txt")).find("is not a database") != std::string::npos);
  CHECK(read_file(folder.file("letter.txt")) == text);
}

TEST_CASE("another program's database is refused and stays as it is") {
  TempFolder folder;
  SQLite::Database(folder.file("other.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("CREATE TABLE songs (title)");
  const std::string before = read_file(folder.file("other.db"));
  CHECK(rejection(folder.file("other.db")).find("another program") != std::string::npos);
  CHECK(read_file(folder.file("other.db")) == before);
}

TEST_CASE("a folder, and a place that cannot be made, are refused with what to do") {
  TempFolder folder;
  write_file(folder.file("file"), "");
  CHECK(rejection(folder.file("")).find("is a folder") != std::string::npos);
  CHECK(rejection(folder.file("file/sub/hss.db")).find("cannot be made") != std::string::npos);
}

TEST_CASE("a new file's folder is made") {
  TempFolder folder;
  migrate(folder.file("a/b/hss.db"), hss_schema(), unheard);
  CHECK(user_version(folder.file("a/b/hss.db")) == hss_schema().version);
}

TEST_CASE("an empty file becomes a database") {
  TempFolder folder;
  write_file(folder.file("hss.db"), "");
  CHECK(rejection(folder.file("hss.db")).empty());
  CHECK(user_version(folder.file("hss.db")) == hss_schema().version);
}
