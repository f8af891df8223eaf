// The signature that a receiver checks.
#include "events/webhook_signature.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/base64.h"

using hss::crypto::from_base64;
using hss::crypto::to_base64;
using hss::events::webhook_signature;

TEST_CASE("a message is signed as the reference libraries of Standard Webhooks sign it") {
  // Their tests' values: https://github.com/standard-webhooks/standard-webhooks
  const auto secret = from_base64("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  REQUIRE(secret);
  CHECK(secret->size() == 24);
  CHECK(webhook_signature(*secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                          R"({"test": 2432232314})") ==
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST_CASE("base64 is read as it is written, and nothing else is") {
  // RFC 4648, section 10.
  CHECK(to_base64("") == "");
  CHECK(to_base64("f") == "Zg==");
  CHECK(to_base64("fo") == "Zm8=");
  CHECK(to_base64("foo") == "Zm9v");
  CHECK(to_base64("\xfb\xff") == "+/8=");
  CHECK(from_base64("+/8=") == "\xfb\xff");
  for (const char* text : {"Zg", "Zg=", "Zg===", "Zm9v=", "-_8=", "Zh==", "Z g==", "=Zg="}) {
    INFO(text);
    CHECK_FALSE(from_base64(text));
  }
}
