#include "transport/http/channel.h"

namespace hss::transport {
namespace {

class PlainChannel final : public Channel {
 public:
  explicit PlainChannel(platform::SocketHandle socket) : socket_(socket) {}

  bool is_open() const override { return true; }

  bool holds_input() const override { return false; }

  Result receive(char* into, std::size_t size) override {
    return result_of(platform::receive(socket_, into, size), State::needs_input);
  }

  Result send(const char* from, std::size_t size) override {
    return result_of(platform::send(socket_, from, size), State::needs_output);
  }

  void finish_sending() override { platform::shut_down(socket_, platform::Direction::send); }

 private:
  static Result result_of(const platform::Transfer& transfer, State when_not_ready) {
    using Of = platform::Transfer::State;
    if (transfer.state == Of::moved) return {.state = State::moved, .size = transfer.size};
    return {.state = transfer.state == Of::not_ready ? when_not_ready : State::ended, .size = 0};
  }

  const platform::SocketHandle socket_;
};

}  // namespace

std::unique_ptr<Channel> open_plain_channel(platform::SocketHandle socket) {
  return std::make_unique<PlainChannel>(socket);
}

}  // namespace hss::transport
