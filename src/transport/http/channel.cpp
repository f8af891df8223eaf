#include "transport/http/channel.h"

#include <sys/socket.h>

#include <cerrno>

namespace hss::transport {
namespace {

class PlainChannel final : public Channel {
 public:
  explicit PlainChannel(int socket) : socket_(socket) {}

  bool is_open() const override { return true; }

  bool holds_input() const override { return false; }

  Result receive(char* into, std::size_t size) override {
    return result_of([&] { return ::recv(socket_, into, size, MSG_DONTWAIT); }, State::needs_input);
  }

  Result send(const char* from, std::size_t size) override {
    return result_of([&] { return ::send(socket_, from, size, MSG_DONTWAIT | MSG_NOSIGNAL); },
                     State::needs_output);
  }

  void finish_sending() override { ::shutdown(socket_, SHUT_WR); }

 private:
  template <class Move>
  static Result result_of(const Move& move, State when_not_ready) {
    ssize_t size = -1;
    do {
      size = move();
    } while (size < 0 && errno == EINTR);
    if (size > 0) return {.state = State::moved, .size = static_cast<std::size_t>(size)};
    const bool deferred = size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    return {.state = deferred ? when_not_ready : State::ended, .size = 0};
  }

  const int socket_;
};

}  // namespace

std::unique_ptr<Channel> open_plain_channel(int socket) {
  return std::make_unique<PlainChannel>(socket);
}

}  // namespace hss::transport
