// What HSS does in a second, beside what the machine's bare httplib and bare SQLite do in the same
// run: machines differ, so the ratios are what counts. Usage: hss_bench [folder for the database]
#include <SQLiteCpp/SQLiteCpp.h>
#include <httplib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "api/demo_authenticator.h"
#include "api/router.h"
#include "bench/load.h"
#include "crypto/digest.h"
#include "storage/sqlite_store.h"
#include "transport/http_server.h"

namespace {

namespace fs = std::filesystem;
using namespace hss;
using bench::Result;

constexpr int clients = 64;
constexpr int bookings_a_commit = 32;
constexpr std::size_t creates = 40'000;
constexpr std::size_t reads = 100'000;
constexpr std::size_t lists = 5'000;

std::string booking_body() {
  return R"({"customer_name":"Thandi Mokoena","email":"thandi@tuks.co.za","pickup_date":"2026-12-01",)"
         R"("pickup_window":"08:00 - 11:00","address":"12 Burnett Street, Hatfield",)"
         R"("items":[{"type":"bed"},{"type":"fridge"},{"type":"other","name":"Study lamp"}],)"
         R"("pricing":{"duration":3,"monthlySubtotal":670,"handlingFee":350,"total":2360}})";
}

std::string get(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
}

std::string post(const std::string& target, const std::string& body) {
  return "POST " + target +
         " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
         "Content-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// A booking and its three items in plain tables, durable, 32 a commit: no audit, counters or
/// rules.
double bare_sqlite(const fs::path& folder) {
  SQLite::Database database((folder / "bare.db").string(),
                            SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
      "CREATE TABLE bookings (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, customer_name TEXT, email "
      "TEXT,"
      " pickup_date TEXT, pickup_window TEXT, address TEXT, item_count INTEGER, duration_months "
      "INTEGER,"
      " monthly_subtotal INTEGER, handling_fee INTEGER, total INTEGER, status TEXT, created_at "
      "TEXT,"
      " updated_at TEXT);"
      "CREATE TABLE items (booking_seq INTEGER, position INTEGER, item_type TEXT, item_name TEXT,"
      " s3_key TEXT, PRIMARY KEY (booking_seq, position)) WITHOUT ROWID");
  SQLite::Statement booking(
      database,
      "INSERT INTO bookings (id, customer_name, email, pickup_date, pickup_window, address,"
      " item_count, duration_months, monthly_subtotal, handling_fee, total, status, created_at,"
      " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  SQLite::Statement item(database, "INSERT INTO items VALUES (?, ?, ?, ?, ?)");
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t made = 0; made < creates;) {
    SQLite::Transaction transaction(database);
    for (int i = 0; i < bookings_a_commit; ++i, ++made) {
      int column = 0;
      booking.bind(++column, domain::new_reference(domain::booking_prefix, crypto::fill_random));
      for (const char* text : {"Thandi Mokoena", "thandi@tuks.co.za", "2026-12-01", "08:00 - 11:00",
                               "12 Burnett Street, Hatfield"}) {
        booking.bind(++column, text);
      }
      for (const int number : {3, 3, 67'000, 35'000, 236'000}) booking.bind(++column, number);
      for (const char* text :
           {"submitted", "2026-11-22T08:00:00.000Z", "2026-11-22T08:00:00.000Z"}) {
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
    transaction.commit();
  }
  return static_cast<double>(creates) /
         std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// httplib's own server with a route that gives a body of the size of a booking's.
Result bare_httplib(const std::string& body) {
  httplib::Server server;
  server.new_task_queue = [] { return new httplib::ThreadPool(clients, clients); };
  server.set_tcp_nodelay(true);
  server.set_keep_alive_max_count(1'000'000'000);
  server.Get("/trivial", [&](const httplib::Request&, httplib::Response& response) {
    response.set_content(body, "application/json");
  });
  const int port = server.bind_to_any_port("127.0.0.1");
  std::thread serving([&] { server.listen_after_bind(); });
  server.wait_until_ready();
  const std::string request = get("/trivial");
  const Result result =
      bench::run_load(port, clients, reads, 200, [&](std::size_t) { return request; });
  server.stop();
  serving.join();
  return result;
}

/// The whole program on a file.
class Program {
 public:
  explicit Program(const fs::path& folder)
      : store_((folder / "hss.db").string(),
               [](const std::string& text) { throw std::runtime_error(text); }) {
    port = server_.bind();
    thread_ = std::thread([this] { server_.serve(); });
  }
  ~Program() {
    server_.stop();
    thread_.join();
  }

  std::vector<std::string> ids() {
    std::vector<std::string> ids;
    for (const auto& booking : store_
                                   .read([](domain::Reader& reader) {
                                     return reader.list_bookings({}, {.limit = 20'000});
                                   })
                                   .rows) {
      ids.push_back(booking.id);
    }
    return ids;
  }

  int port = 0;

 private:
  domain::Clock now_ = [] { return std::chrono::system_clock::now(); };
  storage::SqliteStore store_;
  domain::BookingService bookings_{now_, crypto::fill_random};
  api::DemoAuthenticator authenticator_{now_, crypto::fill_random};
  api::Feed feed_{store_, authenticator_, [](const std::string&) {}};
  api::Tickets tickets_{now_, crypto::fill_random};
  api::Router router_{api::routes(),
                      {.store = store_,
                       .bookings = bookings_,
                       .authenticator = authenticator_,
                       .now = now_,
                       .version = "bench",
                       .feed = &feed_,
                       .tickets = &tickets_},
                      {.random = crypto::fill_random, .report = [](const std::string&) {}}};
  transport::HttpServer server_{router_, {}};
  std::thread thread_;
};

void print(const char* what, const Result& result, double bare = 0, const char* beside = "") {
  std::printf("%-34s %10.0f/s  p50 %6.2f ms  p99 %6.2f ms", what, result.per_second, result.p50_ms,
              result.p99_ms);
  if (bare > 0) std::printf("  = %.2f of %s", result.per_second / bare, beside);
  if (result.unexpected > 0) std::printf("  (%zu UNEXPECTED ANSWERS)", result.unexpected);
  std::printf("\n");
  std::fflush(stdout);
}

void run(const fs::path& folder) {
  const double sqlite = bare_sqlite(folder);
  std::printf("%-34s %10.0f/s\n", "bare SQLite, 32 a commit", sqlite);

  Program program(folder);
  const std::string create = post("/api/v1/bookings", booking_body());
  const Result created =
      bench::run_load(program.port, clients, creates, 201, [&](std::size_t) { return create; });
  print("creates, durable, 64 clients", created, sqlite, "bare SQLite");

  const auto ids = program.ids();
  httplib::Client client("127.0.0.1", program.port);
  const Result httplib = bare_httplib(client.Get("/api/v1/bookings/" + ids.front())->body);
  print("bare httplib, trivial route", httplib);
  print("reads by id, 64 clients",
        bench::run_load(
            program.port, clients, reads, 200,
            [&](std::size_t n) { return get("/api/v1/bookings/" + ids[n * 7919 % ids.size()]); }),
        httplib.per_second, "bare httplib");
  const std::string list = get("/api/v1/bookings?limit=50");
  print("list pages of 50, 64 clients",
        bench::run_load(program.port, clients, lists, 200, [&](std::size_t) { return list; }),
        httplib.per_second, "bare httplib");
  print("health, 64 clients",
        bench::run_load(program.port, clients, lists, 200,
                        [&](std::size_t) { return get("/health"); }),
        httplib.per_second, "bare httplib");
}

}  // namespace

int main(int argc, char** argv) {
  std::string pattern = (fs::path(argc > 1 ? argv[1] : ".") / "hss-bench-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) {
    std::fprintf(stderr, "hss_bench: no folder can be made in %s\n", argc > 1 ? argv[1] : ".");
    return 1;
  }
  int exit_code = 0;
  try {
    run(pattern);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "hss_bench: %s\n", failure.what());
    exit_code = 1;
  }
  fs::remove_all(pattern);
  return exit_code;
}
