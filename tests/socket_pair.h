// Both ends of a connection over this machine's network.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string_view>

#include "client_socket.h"

namespace hss::test {

class SocketPair {
 public:
  SocketPair() {
    const platform::Opened listening = platform::listen_at("127.0.0.1", 0, 64 * 1024);
    REQUIRE(listening.socket != platform::no_socket);
    theirs_ = connect_to(platform::local_port(listening.socket));
    REQUIRE(platform::wait_for(listening.socket, platform::Interest::input, patience));
    ours_ = platform::accept(listening.socket).socket;
    platform::close(listening.socket);
    REQUIRE(ours_ != platform::no_socket);
  }
  ~SocketPair() {
    platform::close(ours_);
    close_theirs();
  }
  SocketPair(const SocketPair&) = delete;
  SocketPair& operator=(const SocketPair&) = delete;

  platform::SocketHandle ours() const { return ours_; }
  platform::SocketHandle theirs() const { return theirs_; }

  /// Sends from the other end, and waits until it has arrived at ours.
  void send(std::string_view text) const {
    REQUIRE(send_all(theirs_, text));
    REQUIRE(platform::wait_for(ours_, platform::Interest::input, patience));
  }
  void close_theirs() {
    if (theirs_ != platform::no_socket) platform::close(theirs_);
    theirs_ = platform::no_socket;
  }

 private:
  platform::SocketHandle ours_ = platform::no_socket;
  platform::SocketHandle theirs_ = platform::no_socket;
};

}  // namespace hss::test
