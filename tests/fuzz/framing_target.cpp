#include <fcntl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>

#include "domain/error.h"
#include "fuzz/targets.h"
#include "transport/http/connection.h"
#include "transport/http/request_body.h"
#include "transport/http/request_head.h"

namespace hss::fuzz {
namespace {

using transport::Channel;
using transport::Connection;
using Input = Connection::Input;

constexpr std::size_t max_body = 300;

/// A channel of which `arrived` bytes can be read.
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

/// A connection that has received `arrived` bytes, and receives no more while it is read.
class Client {
 public:
  explicit Client(std::string_view bytes, std::size_t has_arrived = 0)
      : arrived(has_arrived),
        connection(::open("/dev/null", O_RDONLY), std::make_unique<Arriving>(bytes, arrived),
                   max_body) {
    connection.set_yield_cpu([this] { has_waited = true; });
    connection.set_deadline(std::chrono::milliseconds(0));
  }

  std::size_t arrived;
  bool has_waited = false;
  Connection connection;
};

enum class Outcome { read, rejected };

Outcome read(Connection& connection) {
  try {
    api::Request request;
    transport::parse_head(connection.take_head(), request);
    const auto framing = transport::framing_of(request);
    const std::string body = transport::read_body(connection, framing, max_body);
    require(body.size() <= max_body, "a body that is too large was read");
    require(framing.chunked || body.size() == framing.length, "a body of another length was read");
    return Outcome::read;
  } catch (const domain::Error&) {
    return Outcome::rejected;
  }
}

}  // namespace

void framing(std::string_view input) {
  if (input.empty()) return;
  const std::size_t piece = 1 + static_cast<unsigned char>(input.front());
  const std::string_view bytes = input.substr(1);
  Client client(bytes);
  std::size_t request_at = 0;
  while (client.arrived < bytes.size()) {
    client.arrived = std::min(client.arrived + piece, bytes.size());
    Input state = client.connection.gather();
    for (; state == Input::whole; state = client.connection.gather()) {
      const Outcome outcome = read(client.connection);
      require(!client.has_waited, "a request was called whole, and reading it had to wait");
      if (outcome == Outcome::rejected) return;
      client.connection.finish_request();
      request_at = client.arrived - client.connection.buffered();
    }
    if (state == Input::head_too_large || state == Input::framing_encoded) return;
  }
  const std::string_view left = bytes.substr(request_at);
  if (left.find("\r\n\r\n") == left.npos) return;
  Client same(left, left.size());
  same.connection.gather();
  require(read(same.connection) != Outcome::read || same.has_waited,
          "a request was there, and was waited for");
}

}  // namespace hss::fuzz
