#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "auth/token.h"
#include "crypto/base64url.h"
#include "crypto/digest.h"
#include "fuzz/targets.h"

namespace hss::fuzz {
namespace {

constexpr std::int64_t now = 1'800'000'000;
const std::string key(32, 'k');
const std::string older_key(32, 'o');

/// Signs this text with the right key.
std::string signed_by_us(const std::string& before) {
  return before + "." + crypto::to_base64url(crypto::hmac_sha256(key, before));
}

/// Throws if the signer accepts a token with another header, or one that has expired.
void require_sound(const auth::TokenSigner& signer, const std::string& token) {
  const auto claims = signer.verify(token, now);
  if (!claims) return;
  require(token.starts_with(crypto::to_base64url(R"({"alg":"HS256","typ":"JWT"})") + "."),
          "a token with another header was taken");
  require(claims->expires_at > now, "a token that has expired was taken");
  const auto again = signer.verify(signer.sign(*claims), now);
  require(again && again->subject == claims->subject && again->role == claims->role &&
              again->id == claims->id && again->issued_at == claims->issued_at &&
              again->expires_at == claims->expires_at,
          "claims do not come back as they were signed");
}

}  // namespace

void tokens(std::string_view input) {
  static const auth::TokenSigner signer({key, older_key});
  static const std::array ours{
      signer.sign({.subject = "ACC-1", .id = "one", .issued_at = now, .expires_at = now + 60}),
      auth::TokenSigner({older_key})
          .sign({.subject = "a@b.co",
                 .role = domain::Role::admin,
                 .id = "two",
                 .issued_at = now,
                 .expires_at = now + 60})};
  const auto require_not_forged = [](const std::string& token) {
    require(!signer.verify(token, now) || std::find(ours.begin(), ours.end(), token) != ours.end(),
            "a token that we did not sign was taken: " + token);
  };
  const std::string text(input);
  require_not_forged(text);
  // One of our tokens, changed from some place on, in one place, or with the signature of another.
  const std::size_t at = input.empty() ? 0 : static_cast<unsigned char>(input[0]);
  for (const std::string& token : ours) {
    if (input.empty()) break;
    require_not_forged(token.substr(0, at % token.size()) + text.substr(1));
    std::string changed = token;
    changed.replace(at % token.size(), text.size() - 1, text, 1);
    require_not_forged(changed);
    require_not_forged(text + token.substr(token.rfind('.')));
    require_not_forged(token + text);
  }
  // A token signed with the right key by somebody else.
  const std::string header = ours[0].substr(0, ours[0].find('.') + 1);
  require_sound(signer, signed_by_us(text));
  require_sound(signer, signed_by_us(header + text));
  require_sound(signer, signed_by_us(header + crypto::to_base64url(input)));
}

}  // namespace hss::fuzz
