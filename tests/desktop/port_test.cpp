#include "desktop/port.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <optional>

#include "transport/http/listening_socket.h"

using hss::desktop::choose_port;
using hss::transport::ListeningSocket;

TEST_CASE("a port that is free is taken, and any other in place of one that is not") {
  std::optional<ListeningSocket> other(std::in_place, "127.0.0.1", 0);
  const int port = other->port();
  CHECK(choose_port("127.0.0.1", port) == 0);
  CHECK(choose_port("0.0.0.0", port) == 0);
  other.reset();
  CHECK(choose_port("127.0.0.1", port) == port);
  // It is free afterwards.
  CHECK(choose_port("127.0.0.1", port) == port);
}

TEST_CASE("what is no port is left to the system") {
  const int port = GENERATE(0, -1, 65536);
  CHECK(choose_port("127.0.0.1", port) == 0);
}
