#include "api/token.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "crypto/base64url.h"
#include "crypto/digest.h"

namespace hss::api {
namespace {

using nlohmann::json;

const std::string& header() {
  static const std::string header = crypto::to_base64url(R"({"alg":"HS256","typ":"JWT"})");
  return header;
}

}  // namespace

TokenSigner::TokenSigner(std::vector<std::string> keys) : keys_(std::move(keys)) {
  if (keys_.empty()) throw std::logic_error("a token needs a key");
  for (const std::string& key : keys_) {
    if (key.size() < shortest_key) throw std::logic_error("a token key has at least 256 bits");
  }
}

std::string TokenSigner::sign(const Claims& claims_to_sign) const {
  const json claims{{"sub", claims_to_sign.subject},
                    {"role", domain::to_text(claims_to_sign.role)},
                    {"iat", claims_to_sign.issued_at},
                    {"exp", claims_to_sign.expires_at},
                    {"jti", claims_to_sign.id}};
  const std::string signed_part = header() + "." + crypto::to_base64url(claims.dump());
  return signed_part + "." + crypto::to_base64url(crypto::hmac_sha256(keys_.front(), signed_part));
}

std::optional<Claims> TokenSigner::verify(std::string_view token, std::int64_t now) const {
  const auto dot = token.rfind('.');
  if (dot == token.npos) return std::nullopt;
  const std::string_view signed_part = token.substr(0, dot);
  const auto given = crypto::from_base64url(token.substr(dot + 1));
  const bool is_ours = given && std::any_of(keys_.begin(), keys_.end(), [&](const auto& key) {
                         return crypto::is_equal(*given, crypto::hmac_sha256(key, signed_part));
                       });
  if (!is_ours || !signed_part.starts_with(header() + ".")) return std::nullopt;
  const auto payload = crypto::from_base64url(signed_part.substr(header().size() + 1));
  const json claims = payload ? json::parse(*payload, nullptr, false) : json();
  if (!claims.is_object() || claims.value("exp", std::int64_t{0}) <= now) return std::nullopt;
  const auto role = domain::find_role(claims.value("role", ""));
  if (!role) return std::nullopt;
  return Claims{.subject = claims.value("sub", ""),
                .role = *role,
                .id = claims.value("jti", ""),
                .issued_at = claims.value("iat", std::int64_t{0}),
                .expires_at = claims.value("exp", std::int64_t{0})};
}

}  // namespace hss::api
