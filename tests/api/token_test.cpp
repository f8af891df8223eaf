#include "api/token.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/digest.h"

using hss::api::TokenSigner;
using hss::domain::Principal;
using hss::domain::Role;

namespace {

const std::string key(32, 'k');
const Principal thandi{.account = "thandi@tuks.co.za", .role = Role::staff};

}  // namespace

TEST_CASE("a token names whom it was signed for, until it expires") {
  const TokenSigner signer(key);
  const std::string token = signer.sign(thandi, 1000, 2000, "id");
  const auto principal = signer.verify(token, 1999);
  REQUIRE(principal.has_value());
  CHECK(principal->account == "thandi@tuks.co.za");
  CHECK(principal->role == Role::staff);
  CHECK_FALSE(signer.verify(token, 2000).has_value());
}

TEST_CASE("a token that was changed, or signed with another key or none, is none of ours") {
  const TokenSigner signer(key);
  const std::string token = signer.sign(thandi, 1000, 2000, "id");
  const auto payload = token.substr(token.find('.'), token.rfind('.') - token.find('.'));
  CHECK_FALSE(TokenSigner(std::string(32, 'x')).verify(token, 1000).has_value());
  CHECK_FALSE(signer.verify("eyJhbGciOiJub25lIn0" + payload + ".", 1000).has_value());
  CHECK_FALSE(signer.verify("", 1000).has_value());
  CHECK_FALSE(signer.verify("..", 1000).has_value());
  CHECK_FALSE(signer.verify(token.substr(0, token.rfind('.')), 1000).has_value());
  CHECK_FALSE(signer.verify(token + "A", 1000).has_value());
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    // The last character of a base64 text may carry bits that say nothing.
    if (i + 1 == token.size()) continue;
    INFO(i);
    CHECK_FALSE(signer.verify(changed, 1000).has_value());
  }
}

TEST_CASE("the signature is HMAC-SHA-256") {
  // RFC 4231, test case 2.
  CHECK(hss::crypto::to_hex(hss::crypto::hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(hss::crypto::to_hex(hss::crypto::sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
