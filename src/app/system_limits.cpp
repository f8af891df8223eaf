#include "app/system_limits.h"

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "domain/error.h"
#include "platform/process.h"

namespace hss::app {
namespace {

using domain::Error;
using domain::ErrorCode;

/// Threads of the rest of the program: the log, the writer, streams, webhooks, name look-ups.
constexpr std::size_t other_threads = 24;
/// Leaves out webhooks and look-ups, which can wait.
constexpr std::size_t min_other_threads = 12, min_workers = 4;
constexpr std::size_t min_connections = 16;
/// In bytes. With less, so little is left beside the threads and the database that a few requests
/// at once use it up.
constexpr std::uint64_t min_address_space = 80 * 1024 * 1024;

/// Counts the threads that can be started, up to `wanted`: many limits apply (of a user, a service,
/// a container, of memory), and only trying shows which one is reached first.
std::size_t count_available_threads(std::size_t wanted) {
  std::mutex mutex;
  std::condition_variable ends;
  bool is_over = false;
  std::vector<std::thread> threads;
  threads.reserve(wanted);
  try {
    while (threads.size() < wanted) {
      threads.emplace_back([&] {
        std::unique_lock lock(mutex);
        ends.wait(lock, [&] { return is_over; });
      });
    }
  } catch (const std::system_error&) {
    // This many threads are possible.
  }
  {
    const std::lock_guard lock(mutex);
    is_over = true;
  }
  ends.notify_all();
  for (std::thread& thread : threads) thread.join();
  return threads.size();
}

void fit_threads(transport::ConnectionLimits& limits) {
  const std::size_t wanted = limits.workers + other_threads;
  const std::size_t available = count_available_threads(wanted);
  if (available >= wanted) return;
  constexpr std::size_t needed = min_other_threads + min_workers;
  if (available < needed) {
    throw Error(ErrorCode::unavailable,
                "The system lets this program have " + std::to_string(available) +
                    " more threads, and it needs " + std::to_string(needed) +
                    "; raise the limit of processes (ulimit -u, a service's TasksMax) or of "
                    "memory (ulimit -v)");
  }
  limits.workers = std::max(min_workers, available - std::min(available, other_threads));
}

/// Counts the files of the database, with one connection for each reader
/// (storage/sqlite/sqlite_store.cpp), and of the rest.
std::size_t count_other_files() {
  return 48 + 3 * std::max<std::size_t>(8, 4 * std::thread::hardware_concurrency());
}

void fit_files(transport::ConnectionLimits& limits) {
  const auto limit = platform::raise_open_files();
  if (!limit) return;
  const std::size_t others = count_other_files();
  if (*limit < others + min_connections) {
    throw Error(ErrorCode::unavailable,
                "The system lets this program open " + std::to_string(*limit) +
                    " files at once, and it needs " + std::to_string(others + min_connections) +
                    "; raise the limit (ulimit -n)");
  }
  limits.max_connections = std::min<std::size_t>(limits.max_connections, *limit - others);
  limits.max_per_network =
      std::min(limits.max_per_network, std::max(limits.max_connections / 4, min_connections));
}

void fit_memory(transport::ConnectionLimits& limits) {
  const auto limit = platform::address_space_limit();
  if (!limit) return;
  if (*limit < min_address_space) {
    throw Error(ErrorCode::unavailable,
                "The system lets this program have " + std::to_string(*limit / 1024) +
                    " KB of memory, and it needs " + std::to_string(min_address_space / 1024) +
                    "; raise the limit (ulimit -v)");
  }
  limits.max_buffered = std::min<std::size_t>(limits.max_buffered, *limit / 8);
}

}  // namespace

transport::ConnectionLimits fit_connection_limits() {
  transport::ConnectionLimits limits;
  fit_files(limits);
  fit_threads(limits);
  fit_memory(limits);
  return limits;
}

}  // namespace hss::app
