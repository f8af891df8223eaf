#include "transport/http/trusted_proxies.h"

#include <catch2/catch_test_macros.hpp>

#include "domain/error.h"

using hss::api::Fields;
using hss::transport::TrustedProxies;

namespace {

hss::api::Request described(const TrustedProxies& proxies, const std::string& remote,
                            const Fields& headers, bool is_secure = false) {
  hss::api::Request request;
  request.headers = headers;
  proxies.describe_client(request, remote, is_secure);
  return request;
}

std::string address(const TrustedProxies& proxies, const std::string& remote,
                    const std::string& forwarded) {
  return described(proxies, remote, {{"X-Forwarded-For", forwarded}}).client_address;
}

}  // namespace

TEST_CASE("nobody's word on a client's address is taken unless it was said so") {
  const TrustedProxies none;
  const auto request = described(none, "127.0.0.1",
                                 {{"X-Forwarded-For", "1.2.3.4"}, {"X-Forwarded-Proto", "https"}});
  CHECK(request.client_address == "127.0.0.1");
  CHECK_FALSE(request.is_secure);
}

TEST_CASE("a trusted proxy tells the client's address and scheme") {
  const TrustedProxies proxies({"10.0.0.0/8", "::1"});
  CHECK(address(proxies, "10.9.8.7", "196.4.5.6") == "196.4.5.6");
  CHECK(address(proxies, "::1", "2001:db8::5") == "2001:db8::5");
  CHECK(described(proxies, "10.0.0.1", {{"x-forwarded-proto", "HTTPS"}}).is_secure);
  CHECK_FALSE(described(proxies, "10.0.0.1", {{"x-forwarded-proto", "http"}}, true).is_secure);
  CHECK(described(proxies, "10.0.0.1", {}).client_address == "10.0.0.1");
}

TEST_CASE("what a client writes before the proxy's own word is not believed") {
  const TrustedProxies proxies({"10.0.0.0/8"});
  CHECK(address(proxies, "10.0.0.1", "1.1.1.1, 196.4.5.6") == "196.4.5.6");
  CHECK(address(proxies, "10.0.0.1", "1.1.1.1, 196.4.5.6, 10.0.0.2") == "196.4.5.6");
  CHECK(address(proxies, "10.0.0.1", "196.4.5.6, rubbish") == "10.0.0.1");
  const auto split = described(proxies, "10.0.0.1",
                               {{"X-Forwarded-For", "1.1.1.1"}, {"X-Forwarded-For", "196.4.5.6"}});
  CHECK(split.client_address == "196.4.5.6");
}

TEST_CASE("a range ends where its bits do, for both kinds of address") {
  const TrustedProxies v4({"192.168.1.128/25"});
  CHECK(address(v4, "192.168.1.200", "9.9.9.9") == "9.9.9.9");
  CHECK(address(v4, "192.168.1.127", "9.9.9.9") == "192.168.1.127");
  CHECK(address(v4, "::ffff:192.168.1.200", "9.9.9.9") == "9.9.9.9");
  const TrustedProxies v6({"2001:db8::/33"});
  CHECK(address(v6, "2001:db8:7fff::1", "9.9.9.9") == "9.9.9.9");
  CHECK(address(v6, "2001:db8:8000::1", "9.9.9.9") == "2001:db8:8000::1");
  CHECK(address(TrustedProxies({"0.0.0.0/0"}), "8.8.8.8", "9.9.9.9") == "9.9.9.9");
}

TEST_CASE("what is no range is refused by name") {
  for (const char* text : {"", "proxy", "10.0.0.0/33", "10.0.0/8", "::1/129", "10.0.0.0/",
                           "1.1.1.1/-1", "10.0.0.0/8 "}) {
    INFO(text);
    CHECK_THROWS_AS(TrustedProxies({text}), hss::domain::Error);
  }
}

TEST_CASE("a proxy that names the client's port made every client the proxy") {
  const TrustedProxies proxies({"10.0.0.0/8", "2001:db8:1::/48"});
  CHECK(address(proxies, "10.0.0.1", "203.0.113.9:5555") == "203.0.113.9");
  CHECK(address(proxies, "10.0.0.1", "[2001:db8::1]:443") == "2001:db8::1");
  CHECK(address(proxies, "10.0.0.1", "[2001:db8::1]") == "2001:db8::1");
  CHECK(address(proxies, "10.0.0.1", "\"[2001:db8::1]:443\"") == "2001:db8::1");
  CHECK(address(proxies, "10.0.0.1", "203.0.113.9:5555, 10.0.0.2:80") == "203.0.113.9");
  CHECK(address(proxies, "10.0.0.1", "203.0.113.9, [2001:db8:1::7]:80") == "203.0.113.9");
  CHECK(address(proxies, "10.0.0.1", "1.1.1.1:1, 203.0.113.9:2") == "203.0.113.9");
  // One client has one address, however it is written.
  CHECK(address(proxies, "10.0.0.1", "2001:DB8:0:0::0001") == "2001:db8::1");
  CHECK(address(proxies, "10.0.0.1", "::ffff:203.0.113.9") == "203.0.113.9");
  CHECK(address(proxies, "10.0.0.1", "fe80::1%eth0") == "fe80::1");
  for (const char* none : {"", "unknown", "203.0.113.9:5555:1", "[2001:db8::1", "2001:db8::1]:443",
                           "[203.0.113.9", ":5555", "[]:80", "203.0.113.999:80", "_hidden"}) {
    INFO(none);
    CHECK(address(proxies, "10.0.0.1", none) == "10.0.0.1");
  }
}
