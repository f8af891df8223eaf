// A client's side of a connection to a server on this machine, for tests that say each byte.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <string_view>

#include "platform/system_sockets.h"

namespace hss::test {

/// A test that waits longer has failed.
inline constexpr std::chrono::milliseconds patience{20'000};

/// Connects to a port of this machine. `receive_buffer`: bytes that may wait in the system, where
/// it is not 0.
inline platform::SocketHandle connect_to(int port, int receive_buffer = 0) {
  const platform::SocketHandle socket = platform::open_socket(AF_INET, SOCK_STREAM, 0);
  REQUIRE(socket != platform::no_socket);
  if (receive_buffer > 0) platform::set_option(socket, SOL_SOCKET, SO_RCVBUF, receive_buffer);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // It never waits, so it may say that the connection is under way.
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    REQUIRE(platform::wait_for(socket, platform::Interest::output, patience));
  }
  REQUIRE_FALSE(platform::peer_address(socket).empty());
  return socket;
}

/// Waits where the other side reads slowly; returns false once it has gone.
inline bool send_all(platform::SocketHandle socket, std::string_view text) {
  using State = platform::Transfer::State;
  while (!text.empty()) {
    const platform::Transfer sent = platform::send(socket, text.data(), text.size());
    if (sent.state == State::ended) return false;
    text.remove_prefix(sent.size);
    if (sent.state == State::not_ready &&
        !platform::wait_for(socket, platform::Interest::output, patience)) {
      return false;
    }
  }
  return true;
}

/// Waits for bytes; `ended` where the other side has ended, `not_ready` where nothing comes.
inline platform::Transfer receive_some(platform::SocketHandle socket, char* into, std::size_t size,
                                       std::chrono::milliseconds timeout = patience) {
  if (!platform::wait_for(socket, platform::Interest::input, timeout)) {
    return {.state = platform::Transfer::State::not_ready};
  }
  return platform::receive(socket, into, size);
}

}  // namespace hss::test
