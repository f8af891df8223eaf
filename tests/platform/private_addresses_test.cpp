#include "platform/private_addresses.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>
#include <vector>

#include "platform/network_addresses.h"

using namespace hss::platform;

TEST_CASE("addresses of private networks are told from others") {
  for (const char* address : {"10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.178.20",
                              "100.64.0.1", "100.127.9.9", "fd00::2", "fc12:3::1"}) {
    INFO(address);
    CHECK(is_private_address(address));
  }
  for (const char* address :
       {"127.0.0.1", "172.15.0.1", "172.32.0.1", "192.167.1.1", "192.0.2.2", "100.63.0.1",
        "100.128.0.1", "8.8.8.8", "169.254.1.1", "::1", "fe80::1", "2001:db8::1", "fd::1",
        "fbff::1", "fe00::1", "desk.local", "10", ""}) {
    INFO(address);
    CHECK_FALSE(is_private_address(address));
  }
}

TEST_CASE("the address through which the machine reaches others is first, and IPv4 before IPv6") {
  CHECK(order_private_addresses({"127.0.0.1", "172.17.0.1", "fd00::2", "192.168.1.20", "fd00::2",
                                 "fe80::1", "172.17.0.1"},
                                "192.168.1.20") ==
        std::vector<std::string>{"192.168.1.20", "172.17.0.1", "fd00::2"});
  CHECK(order_private_addresses({"fd00::2", "10.0.0.1"}, "8.8.8.8") ==
        std::vector<std::string>{"10.0.0.1", "fd00::2"});
}

TEST_CASE("a machine's name is that before its domain, if browsers take it") {
  CHECK(first_label("Desk.shop.example") == "desk");
  CHECK(first_label("till-2") == "till-2");
  for (const char* name : {"", "-x", "x-", "my_desk", "Küche", ".local"}) {
    INFO(name);
    CHECK(first_label(name).empty());
  }
}

TEST_CASE("this machine's addresses are private ones, whatever they are") {
  for (const std::string& address : local_network_addresses()) {
    INFO(address);
    CHECK(is_private_address(address));
  }
}
