#include "bench/bare.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <httplib.h>
#include <sqlite3.h>

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "bench/interruption.h"
#include "crypto/digest.h"
#include "domain/bookings/booking_service.h"
#include "domain/reference.h"
#include "storage/sqlite/sqlite_store.h"

namespace hss::bench {
namespace {

constexpr std::size_t bookings_a_commit = 32;

void insert_booking(SQLite::Statement& booking, SQLite::Statement& item,
                    SQLite::Database& database) {
  int column = 0;
  booking.bind(++column, domain::new_reference(domain::booking_prefix, crypto::fill_random));
  for (const char* text : {"Thandi Mokoena", "thandi@tuks.co.za", "2026-12-01", "08:00 - 11:00",
                           "12 Burnett Street, Hatfield"}) {
    booking.bind(++column, text);
  }
  for (const int number : {3, 3, 67'000, 35'000, 236'000}) booking.bind(++column, number);
  for (const char* text : {"submitted", "2026-11-22T08:00:00.000Z", "2026-11-22T08:00:00.000Z"}) {
    booking.bind(++column, text);
  }
  booking.exec();
  booking.reset();
  const auto seq = database.getLastInsertRowid();
  for (int position = 1; position <= 3; ++position) {
    item.bind(1, seq);
    item.bind(2, position);
    item.bind(3, "bed");
    item.exec();
    item.reset();
  }
}

void remove_database(const std::string& file) {
  for (const char* const ending : {"", "-wal", "-shm"}) std::filesystem::remove(file + ending);
}

template <class Commit>
double bookings_per_second(std::size_t before, std::chrono::milliseconds time,
                           const Commit& commit) {
  for (std::size_t made = 0; made < before; made += bookings_a_commit) {
    require_no_interruption();
    commit();
  }
  const auto start = std::chrono::steady_clock::now();
  auto now = start;
  double made = 0;
  while (now - start < time) {
    require_no_interruption();
    commit();
    made += bookings_a_commit;
    now = std::chrono::steady_clock::now();
  }
  return made / std::chrono::duration<double>(now - start).count();
}

}  // namespace

double bare_sqlite(const std::string& file, std::size_t before, std::chrono::milliseconds time) {
  remove_database(file);
  SQLite::Database database(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
      "CREATE TABLE bookings (seq INTEGER PRIMARY KEY, id TEXT UNIQUE,"
      " customer_name TEXT, email TEXT, pickup_date TEXT, pickup_window TEXT, address TEXT,"
      " item_count INTEGER, duration_months INTEGER, monthly_subtotal INTEGER,"
      " handling_fee INTEGER, total INTEGER, status TEXT, created_at TEXT, updated_at TEXT);"
      "CREATE TABLE items (booking_seq INTEGER, position INTEGER, item_type TEXT,"
      " item_name TEXT, s3_key TEXT, PRIMARY KEY (booking_seq, position)) WITHOUT ROWID");
  SQLite::Statement booking(
      database,
      "INSERT INTO bookings (id, customer_name, email, pickup_date, pickup_window, address,"
      " item_count, duration_months, monthly_subtotal, handling_fee, total, status, created_at,"
      " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  SQLite::Statement item(database, "INSERT INTO items VALUES (?, ?, ?, ?, ?)");
  return bookings_per_second(before, time, [&] {
    SQLite::Transaction transaction(database);
    for (std::size_t i = 0; i < bookings_a_commit; ++i) insert_booking(booking, item, database);
    transaction.commit();
  });
}

double hss_without_http(const std::string& file, std::size_t before,
                        std::chrono::milliseconds time) {
  remove_database(file);
  // HSS configures SQLite before its first use, which may already have happened in this process.
  sqlite3_shutdown();
  storage::SqliteStore store(
      file, [](const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); });
  const domain::BookingService bookings([] { return std::chrono::system_clock::now(); },
                                        crypto::fill_random);
  const domain::BookingDraft draft{.customer_name = "Thandi Mokoena",
                                   .email = "thandi@tuks.co.za",
                                   .pickup_date = "2026-12-01",
                                   .pickup_window = "08:00 - 11:00",
                                   .address = "12 Burnett Street, Hatfield",
                                   .items = {3, {.type = "bed"}},
                                   .duration_months = 3};
  return bookings_per_second(before, time, [&] {
    store.transact([&](domain::Tx& tx) {
      for (std::size_t i = 0; i < bookings_a_commit; ++i) bookings.create(tx, draft, {{}, "bench"});
    });
  });
}

void serve_bare_httplib(const std::string& body, std::size_t connections,
                        const std::function<void(int port)>& publish_port) {
  httplib::Server server;
  server.new_task_queue = [&] { return new httplib::ThreadPool(connections, connections); };
  server.set_tcp_nodelay(true);
  server.set_keep_alive_max_count(1'000'000'000);
  server.Get("/trivial", [&](const httplib::Request&, httplib::Response& response) {
    response.set_content(body, "application/json");
  });
  const int port = server.bind_to_any_port("127.0.0.1");
  if (port < 0) throw std::runtime_error("bare httplib cannot listen on 127.0.0.1");
  publish_port(port);
  server.listen_after_bind();
}

}  // namespace hss::bench
