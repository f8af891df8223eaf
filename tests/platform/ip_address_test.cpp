#include "platform/ip_address.h"

#include <catch2/catch_test_macros.hpp>

using namespace hss::platform;

TEST_CASE("an IPv4 address is four decimal numbers and nothing else") {
  CHECK(find_ipv4("192.0.2.255") == IpV4{192, 0, 2, 255});
  CHECK(find_ipv4("0.0.0.0") == IpV4{});
  for (const char* text :
       {"", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "256.1.1.1", "01.2.3.4", "1.2.3.4 ",
        "+1.2.3.4", "-1.2.3.4", "0x1.2.3.4", "1.2.3.4\n", "::1", "4294967296.1.1.1"}) {
    INFO(text);
    CHECK_FALSE(find_ipv4(text));
  }
}

TEST_CASE("the older ways to write an IPv4 address are those of inet_aton()") {
  const IpV4 here{127, 0, 0, 1};
  for (const char* text : {"127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f.1", "0x7f000001",
                           "017700000001", "0177.0.0.01"}) {
    INFO(text);
    CHECK(find_short_ipv4(text) == here);
  }
  CHECK(find_short_ipv4("255.255.65535") == IpV4{255, 255, 255, 255});
  CHECK(find_short_ipv4("0") == IpV4{});
  for (const char* text : {"", "1.", "08.1", "256.1", "127.16777216", "1.2.3.256", "1.2.65536",
                           "1.2.3.4.5", "4294967296", "0x", "0x100000000", "a.b", "-1", "cafe"}) {
    INFO(text);
    CHECK_FALSE(find_short_ipv4(text));
  }
}

TEST_CASE("an IPv6 address has one spelling, and may hold an IPv4 one") {
  CHECK(text_of(find_ipv6("2001:DB8:0:0::1").value()) == "2001:db8::1");
  CHECK(text_of(find_ipv6("::ffff:192.0.2.1").value()) == "::ffff:192.0.2.1");
  for (const char* text : {"", "1.2.3.4", "[::1]", "fe80::1%1", "::1::", "12345::"}) {
    INFO(text);
    CHECK_FALSE(find_ipv6(text));
  }
  const IpV6 mapped = map_to_ipv6({192, 0, 2, 1});
  CHECK(mapped == find_ipv6("::ffff:192.0.2.1"));
  CHECK(is_mapped_ipv4(mapped));
  CHECK_FALSE(is_mapped_ipv4(find_ipv6("::192.0.2.1").value()));
  CHECK(text_of(mapped_ipv4(mapped)) == "192.0.2.1");
}

TEST_CASE("this machine's own addresses are known") {
  CHECK(is_loopback(IpV4{127, 255, 0, 1}));
  CHECK_FALSE(is_loopback(IpV4{128, 0, 0, 1}));
  CHECK(is_loopback(find_ipv6("::1").value()));
  CHECK_FALSE(is_loopback(find_ipv6("::2").value()));
  CHECK_FALSE(is_loopback(find_ipv6("::ffff:127.0.0.1").value()));
}
