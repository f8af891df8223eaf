#include "transport/http/listening_socket.h"

#include <array>
#include <system_error>

#include "domain/error.h"

namespace hss::transport {
namespace {

using domain::Error;
using domain::ErrorCode;

Error cannot_listen(const std::string& host, int port, const std::error_code& error) {
  const std::string where = host + ":" + std::to_string(port);
  if (error == std::errc::address_in_use) {
    return {ErrorCode::unavailable, "Port " + std::to_string(port) + " on " + host +
                                        " is taken; stop the program that has it, or choose "
                                        "another with --port (0 picks a free one)"};
  }
  if (error == std::errc::permission_denied) {
    return {ErrorCode::unavailable, "Listening on " + where +
                                        " is not allowed; choose a port from 1024 up with "
                                        "--port"};
  }
  return {ErrorCode::unavailable, "Listening on " + where +
                                      " is not possible; choose an address of this machine with "
                                      "--host"};
}

}  // namespace

ListeningSocket::ListeningSocket(const std::string& host, int port) {
  // Nearly any answer fits at once, so that hardly a worker waits for a slow reader.
  constexpr int send_buffer = 256 * 1024;
  const platform::Opened opened = platform::listen_at(host, port, send_buffer);
  if (opened.socket == platform::no_socket) throw cannot_listen(host, port, opened.error);
  handle_ = opened.socket;
  port_ = platform::local_port(handle_);
  poller_.watch(handle_, platform::Interest::input, platform::Poller::Report::always);
}

ListeningSocket::~ListeningSocket() {
  poller_.forget(handle_);
  platform::close(handle_);
}

void ListeningSocket::wait() {
  std::array<platform::SocketHandle, 1> ready{};
  poller_.wait(ready);
}

void ListeningSocket::stop() {
  // Clients that come from now on are refused where the system can do that.
  platform::shut_down(handle_, platform::Direction::both);
  poller_.stop();
}

}  // namespace hss::transport
