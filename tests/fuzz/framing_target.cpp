#include <fcntl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "domain/error.h"
#include "fuzz/targets.h"
#include "transport/http/connection.h"
#include "transport/http/request_head.h"

namespace hss::fuzz {
namespace {

using transport::Channel;
using transport::Connection;

constexpr std::size_t max_body = 300;

/// Bytes of which `arrived` have arrived.
class Arriving final : public Channel {
 public:
  Arriving(std::string_view bytes, const std::size_t& arrived) : bytes_(bytes), arrived_(arrived) {}

  bool is_open() const override { return true; }
  bool holds_input() const override { return false; }
  Result receive(char* into, std::size_t size) override {
    const std::size_t part = std::min(size, arrived_ - taken_);
    if (part == 0) return {.state = State::needs_input, .size = 0};
    std::memcpy(into, bytes_.data() + taken_, part);
    taken_ += part;
    return {.state = State::moved, .size = part};
  }
  Result send(const char*, std::size_t size) override {
    return {.state = State::moved, .size = size};
  }
  void finish_sending() override {}

 private:
  const std::string_view bytes_;
  const std::size_t& arrived_;
  std::size_t taken_ = 0;
};

/// The bodies of the requests that arrive `piece` bytes at a time, up to the first that is broken,
/// and then its error, or how much is left of a request that is not complete.
std::vector<std::string> read_all(std::string_view bytes, std::size_t piece) {
  std::vector<std::string> results;
  std::size_t arrived = 0;
  Connection connection(::open("/dev/null", O_RDONLY), std::make_unique<Arriving>(bytes, arrived),
                        max_body);
  while (arrived < bytes.size()) {
    arrived = std::min(arrived + piece, bytes.size());
    while (connection.gather() == Connection::Input::complete) {
      try {
        api::Request request;
        transport::parse_head(connection.head(), request);
        results.push_back(connection.take_body());
      } catch (const domain::Error& error) {
        results.emplace_back(error.what());
        return results;
      }
      require(results.back().size() <= max_body, "a body that is too large was read");
      connection.finish_request();
    }
  }
  results.push_back(std::to_string(connection.buffered()));
  return results;
}

}  // namespace

void framing(std::string_view input) {
  if (input.empty()) return;
  const std::size_t piece = 1 + static_cast<unsigned char>(input.front());
  const std::string_view bytes = input.substr(1);
  const auto results = read_all(bytes, bytes.size());
  require(read_all(bytes, piece) == results, "requests in pieces are other requests");
  require(read_all(bytes, 1) == results, "requests byte by byte are other requests");
}

}  // namespace hss::fuzz
