#include "bench/server/bare_server.h"

#include <atomic>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "crypto/digest.h"
#include "domain/reference.h"
#include "storage/open_store.h"
#include "storage/server/connection.h"
#include "storage/server/failure.h"

namespace hss::bench {
namespace {

using Clock = std::chrono::steady_clock;
using storage::ServerConnection;
using Purpose = ServerConnection::Purpose;

constexpr const char* insert =
    "INSERT INTO hss_bench (seq, id, customer_name, email, pickup_date, pickup_window, address,"
    " item_count, duration_months, monthly_subtotal, handling_fee, total, status, created_at,"
    " updated_at, owner, items) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* select =
    "SELECT seq, id, customer_name, email, pickup_date, pickup_window, address, item_count,"
    " duration_months, monthly_subtotal, handling_fee, total, status, created_at, updated_at,"
    " owner, items FROM bookings WHERE id = ?";

void enqueue_insert(ServerConnection& connection, std::int64_t seq) {
  const std::string id = domain::new_reference(domain::booking_prefix, crypto::fill_random);
  storage::enqueue(connection, insert, seq, id, "Thandi Mokoena", "thandi@tuks.co.za", "2099-12-01",
                   "08:00 - 11:00", "12 Burnett Street, Hatfield", 3, 3, 67'000, 35'000, 236'000,
                   "submitted", "2026-11-29T10:00:00.000Z", "2026-11-29T10:00:00.000Z",
                   std::optional<std::string>(),
                   R"([{"type":"bed"},{"type":"fridge"},{"type":"other","name":"Study lamp"}])");
}

/// Tries again for a while: sessions that were just ended count for a moment longer.
std::unique_ptr<ServerConnection> connect(const storage::ServerAddress& owner) {
  constexpr int tries = 50;
  for (int left = tries;; --left) {
    try {
      return storage::connect_to_server(owner, Purpose::write);
    } catch (const storage::ServerFailure&) {
      if (left == 0) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
}

/// Calls `step` over and over on a thread for each connection, and returns how often a second.
/// `step` gets its connection's number.
double steps_per_second(const storage::ServerAddress& owner, std::size_t connections,
                        std::chrono::milliseconds time,
                        const std::function<void(ServerConnection&, std::size_t)>& step) {
  std::vector<std::unique_ptr<ServerConnection>> all;
  for (std::size_t i = 0; i < connections; ++i) {
    all.push_back(connect(owner));
    // Prepares its statements.
    step(*all.back(), i);
  }
  std::atomic<std::size_t> steps = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  const auto start = Clock::now();
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < connections; ++i) {
    threads.emplace_back([&, i] {
      std::size_t own = 0;
      try {
        for (; Clock::now() - start < time; ++own) step(*all[i], i);
      } catch (...) {
        const std::lock_guard lock(mutex);
        failure = std::current_exception();
      }
      steps += own;
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
  return static_cast<double>(steps) / std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace

BareTable::BareTable(const storage::ServerAddress& owner) : owner_(owner) {
  storage::connect_to_server(owner_, Purpose::manage)
      ->run_script(
          "DROP TABLE IF EXISTS hss_bench;"
          "CREATE TABLE hss_bench (seq bigint PRIMARY KEY, id varchar(14) NOT NULL UNIQUE,"
          " customer_name varchar(120) NOT NULL, email varchar(254) NOT NULL,"
          " pickup_date varchar(10) NOT NULL, pickup_window varchar(40) NOT NULL,"
          " address varchar(500) NOT NULL, item_count integer NOT NULL,"
          " duration_months integer NOT NULL, monthly_subtotal bigint NOT NULL,"
          " handling_fee bigint NOT NULL, total bigint NOT NULL, status varchar(20) NOT NULL,"
          " created_at varchar(24) NOT NULL, updated_at varchar(24) NOT NULL, owner varchar(40),"
          " items text NOT NULL)");
}

BareTable::~BareTable() {
  try {
    storage::connect_to_server(owner_, Purpose::manage)->run_script("DROP TABLE hss_bench");
  } catch (...) {
    // The next bench drops it.
  }
}

double bare_inserts(const storage::ServerAddress& owner, std::size_t connections,
                    std::size_t rows_a_commit, std::int64_t first, std::chrono::milliseconds time) {
  std::atomic<std::int64_t> seq = first;
  const auto commit = [&](ServerConnection& connection, std::size_t) {
    if (rows_a_commit > 1) storage::enqueue(connection, "BEGIN");
    for (std::size_t row = 0; row < rows_a_commit; ++row) enqueue_insert(connection, seq++);
    if (rows_a_commit > 1) storage::enqueue(connection, "COMMIT");
    connection.flush();
  };
  return steps_per_second(owner, connections, time, commit) * static_cast<double>(rows_a_commit);
}

double bare_selects(const storage::ServerAddress& owner, std::size_t connections,
                    const std::vector<std::string>& ids, std::chrono::milliseconds time) {
  std::vector<std::size_t> numbers(connections);
  const auto read = [&](ServerConnection& connection, std::size_t i) {
    const std::string& id = ids[(i + numbers[i]++ * 7919) % ids.size()];
    storage::Query row(connection, select, id);
    if (!row.step() || row.text(1) != id) throw std::runtime_error("booking " + id + " is gone");
  };
  return steps_per_second(owner, connections, time, read);
}

}  // namespace hss::bench
