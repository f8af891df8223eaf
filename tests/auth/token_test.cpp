#include "auth/token.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/base64url.h"
#include "crypto/digest.h"

using namespace hss::crypto;
using hss::auth::Claims;
using hss::auth::TokenSigner;
using hss::domain::Role;

namespace {

const std::string key(32, 'k'), other_key(32, 'x');
const Claims thandi{.subject = "ACC-7K3QX9M2VA",
                    .role = Role::staff,
                    .id = "session",
                    .issued_at = 1000,
                    .expires_at = 2000};

/// A token with any content, signed with our key.
std::string token_of(const std::string& header, const std::string& payload,
                     const std::string& signing_key = key) {
  const std::string signed_part = to_base64url(header) + "." + to_base64url(payload);
  return signed_part + "." + to_base64url(hmac_sha256(signing_key, signed_part));
}

const std::string our_header = R"({"alg":"HS256","typ":"JWT"})";
const std::string good_payload =
    R"({"exp":2000,"iat":1000,"jti":"session","role":"staff","sub":"ACC-7K3QX9M2VA"})";

}  // namespace

TEST_CASE("a token says what was signed, until it expires") {
  const TokenSigner signer({key});
  const std::string token = signer.sign(thandi);
  const auto claims = signer.verify(token, 1999);
  REQUIRE(claims.has_value());
  CHECK(claims->subject == "ACC-7K3QX9M2VA");
  CHECK(claims->role == Role::staff);
  CHECK(claims->id == "session");
  CHECK(claims->issued_at == 1000);
  CHECK(claims->expires_at == 2000);
  CHECK_FALSE(signer.verify(token, 2000).has_value());
}

TEST_CASE("a token that was changed anywhere, cut, padded or put together anew is none of ours") {
  const TokenSigner signer({key});
  const std::string token = signer.sign(thandi);
  const auto first = token.find('.'), last = token.rfind('.');
  const std::string payload = token.substr(first + 1, last - first - 1);
  const std::string signature = token.substr(last + 1);
  CHECK_FALSE(TokenSigner({other_key}).verify(token, 1000).has_value());
  for (const std::string& bad :
       {std::string(), std::string("."), std::string(".."), std::string("..."),
        token.substr(0, last), token.substr(0, last + 1), token.substr(0, token.size() - 1),
        token + "A", token + "=", token + ".", "." + token, token + "." + signature,
        token.substr(0, first) + "." + signature + "." + payload,
        payload + "." + token.substr(0, first) + "." + signature,
        token.substr(0, first) + "." + payload + "=." + signature, " " + token}) {
    INFO(bad);
    CHECK_FALSE(signer.verify(bad, 1000).has_value());
  }
  for (std::size_t i = 0; i < token.size(); ++i) {
    for (const char replacement : {'A', 'B', '.', '='}) {
      std::string changed = token;
      if (changed[i] == replacement) continue;
      changed[i] = replacement;
      INFO(i);
      CHECK_FALSE(signer.verify(changed, 1000).has_value());
    }
  }
}

TEST_CASE("the algorithm is never taken from the token") {
  const TokenSigner signer({key});
  CHECK(signer.verify(token_of(our_header, good_payload), 1000).has_value());
  for (const char* header :
       {R"({"alg":"none"})", R"({"alg":"none","typ":"JWT"})", R"({"alg":"RS256","typ":"JWT"})",
        R"({"alg":"HS384","typ":"JWT"})", R"({"typ":"JWT","alg":"HS256"})", R"({"alg":"HS256"})",
        R"({"alg":"HS256","typ":"JWT","crit":["b64"],"b64":false})", "{}", ""}) {
    INFO(header);
    CHECK_FALSE(signer.verify(token_of(header, good_payload), 1000).has_value());
    CHECK_FALSE(signer.verify(to_base64url(header) + "." + to_base64url(good_payload) + ".", 1000)
                    .has_value());
  }
}

TEST_CASE("claims of odd types or none make a token that holds for nothing") {
  const TokenSigner signer({key});
  for (const char* payload : {R"({"exp":"2000","iat":1000,"jti":"s","role":"staff","sub":"a"})",
                              R"({"exp":2000.5,"iat":1000,"jti":"s","role":"staff","sub":"a"})",
                              R"({"exp":null,"iat":1000,"jti":"s","role":"staff","sub":"a"})",
                              R"({"exp":{},"iat":[],"jti":1,"role":2,"sub":3})",
                              R"({"exp":2000,"iat":1000,"jti":7,"role":"staff","sub":"a"})",
                              R"({"exp":2000,"iat":1000,"jti":"s","role":["staff"],"sub":"a"})",
                              R"({"exp":2000,"iat":1000,"jti":"s","role":"captain","sub":"a"})",
                              R"({"exp":2000,"iat":1000,"jti":"s","role":"staff","sub":{}})",
                              R"({"iat":1000,"jti":"s","role":"staff","sub":"a"})", "[]", "5",
                              "\"text\"", "{", "", "\xff"}) {
    INFO(payload);
    CHECK_FALSE(signer.verify(token_of(our_header, payload), 1000).has_value());
  }
}

TEST_CASE("the first key signs, and what an earlier one signed holds until that key goes") {
  TokenSigner signer({key});
  const std::string old = signer.sign(thandi);
  signer.replace_keys({other_key, key});
  const std::string fresh = signer.sign(thandi);
  CHECK(fresh != old);
  CHECK(signer.verify(old, 1000).has_value());
  CHECK(signer.verify(fresh, 1000).has_value());
  CHECK_FALSE(TokenSigner({key}).verify(fresh, 1000).has_value());
  signer.replace_keys({other_key});
  CHECK_FALSE(signer.verify(old, 1000).has_value());
  CHECK(signer.verify(fresh, 1000).has_value());
  CHECK_THROWS_AS(TokenSigner({std::string(31, 'k')}), std::logic_error);
  CHECK_THROWS_AS(TokenSigner({}), std::logic_error);
}

TEST_CASE("the signature is the one of RFC 7515, appendix A.1") {
  const auto jws_key = from_base64url(
      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
  REQUIRE(jws_key.has_value());
  const std::string header = "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}";
  const std::string payload =
      "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
  CHECK(token_of(header, payload, *jws_key) ==
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
        ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0"
        "cnVlfQ"
        ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
}

TEST_CASE("base64url has one text for the same bytes") {
  CHECK(to_base64url("") == "");
  CHECK(to_base64url("\xfb\xff") == "-_8");
  for (const std::string& bytes : {std::string("f"), std::string("fo"), std::string("foo")}) {
    CHECK(from_base64url(to_base64url(bytes)) == bytes);
  }
  for (const char* bad : {"A", "AAAAA", "Zg==", "Zh", "Zm9", "+/8", "Zm 9", "Zm9v\n"}) {
    INFO(bad);
    CHECK_FALSE(from_base64url(bad).has_value());
  }
}

TEST_CASE("the signature's parts are HMAC-SHA-256 and SHA-256") {
  // RFC 4231, test case 2.
  CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(to_hex(sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
