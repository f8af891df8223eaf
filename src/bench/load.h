#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace hss::bench {

struct Request {
  std::string bytes;  ///< as they go over the wire
  int expected_status = 200;
};

/// Returns the n-th request of a load.
using Next = std::function<Request(std::size_t)>;

/// The result of one run of load. Times are from sending a request to receiving its whole answer.
struct Load {
  std::size_t answers = 0;
  std::size_t unexpected = 0;  ///< answers with another status than expected
  double seconds = 0;
  double p50_ms = 0, p99_ms = 0, p999_ms = 0;

  double per_second() const { return static_cast<double>(answers) / seconds; }
};

/// Of numbers in order; 0 of none.
double at_quantile(const std::vector<double>& sorted, double quantile);

/// Keeps `connections` keep-alive connections to 127.0.0.1 busy for that long, each with one
/// request at a time (a closed loop on the calling thread, so that the load itself costs little).
/// `next(n)` returns the n-th request. Throws std::runtime_error if the server closes a connection.
/// Of several ports each gets as many connections.
Load run_load(const std::vector<int>& ports, std::size_t connections,
              std::chrono::milliseconds time, const Next& next);

/// A request as a client with keep-alive sends it; `headers` are whole lines.
std::string get(const std::string& target, const std::string& headers = "");
std::string post(const std::string& target, const std::string& body,
                 const std::string& headers = "");

/// Adds a meaningless parameter to the target that differs each time, so that the server cannot
/// answer from its cache. Thread-safe.
std::string afresh(const std::string& target);

/// Sends one request on a new connection, and returns the whole answer, head and body.
std::string ask(int port, const std::string& request);
/// The value of a header in such an answer; empty if it has none.
std::string header_of(const std::string& answer, const std::string& name);
std::string body_of(const std::string& answer);

}  // namespace hss::bench
