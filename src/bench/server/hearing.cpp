#include "bench/server/hearing.h"

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "bench/interruption.h"
#include "bench/served.h"
#include "bench/socket.h"

namespace hss::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds max_wait(5);
constexpr int max_pause_ms = 250;

/// An open event stream.
class Stream {
 public:
  explicit Stream(int port) : socket_(connect_to(port)) {
    send_all(socket_.number(), get("/api/v1/events"));
    if (!wait_for("retry: ")) throw std::runtime_error("the stream of events does not begin");
  }

  /// Reads on until that text has come. False if it does not come in time.
  bool wait_for(const std::string& text) {
    const auto end = Clock::now() + max_wait;
    while (received_.find(text) == received_.npos) {
      require_no_interruption();
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
      pollfd socket{.fd = socket_.number(), .events = POLLIN, .revents = 0};
      if (left.count() <= 0) return false;
      if (::poll(&socket, 1, static_cast<int>(left.count())) > 0) {
        receive(socket_.number(), received_);
      }
    }
    received_.clear();
    return true;
  }

 private:
  Descriptor socket_;
  std::string received_;
};

}  // namespace

Load measure_hearing(int from, int to, std::size_t bookings) {
  Stream stream(to);
  std::minstd_rand random(1);
  std::vector<double> times;
  Load load;
  for (; load.answers < bookings; ++load.answers) {
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % max_pause_ms));
    const auto sent = Clock::now();
    const std::string answer = ask(from, post("/api/v1/bookings", booking_body()));
    const std::string location = header_of(answer, "Location");
    const std::string id = location.substr(location.rfind('/') + 1);
    if (id.empty() || !stream.wait_for(id)) {
      ++load.unexpected;
      continue;
    }
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - sent).count());
    load.seconds += times.back() / 1000;
  }
  std::sort(times.begin(), times.end());
  load.p50_ms = at_quantile(times, 0.5);
  load.p99_ms = at_quantile(times, 0.99);
  load.p999_ms = times.empty() ? 0 : times.back();
  return load;
}

}  // namespace hss::bench
