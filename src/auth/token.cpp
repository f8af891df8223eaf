#include "auth/token.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "crypto/base64url.h"
#include "crypto/digest.h"

namespace hss::auth {
namespace {

using nlohmann::json;

const std::string& header() {
  static const std::string header = crypto::to_base64url(R"({"alg":"HS256","typ":"JWT"})");
  return header;
}

using Keys = std::vector<std::string>;

std::shared_ptr<const Keys> checked(Keys keys) {
  if (keys.empty()) throw std::logic_error("a token needs a key");
  for (const std::string& key : keys) {
    if (key.size() < TokenSigner::min_key_length) {
      throw std::logic_error("a token key has at least 256 bits");
    }
  }
  return std::make_shared<const Keys>(std::move(keys));
}

/// Only tokens that we signed get this far; types are checked nevertheless.
template <class T>
std::optional<T> claim(const json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end()) return std::nullopt;
  if constexpr (std::is_same_v<T, std::string>) {
    if (!found->is_string()) return std::nullopt;
  } else {
    if (!found->is_number_integer()) return std::nullopt;
  }
  return found->get<T>();
}

}  // namespace

TokenSigner::TokenSigner(Keys keys) : keys_(checked(std::move(keys))) {}

void TokenSigner::replace_keys(Keys keys) {
  auto replacement = checked(std::move(keys));
  const std::lock_guard lock(mutex_);
  keys_ = std::move(replacement);
}

std::shared_ptr<const Keys> TokenSigner::keys() const {
  const std::lock_guard lock(mutex_);
  return keys_;
}

std::string TokenSigner::sign(const Claims& claims_to_sign) const {
  const json claims{{"sub", claims_to_sign.subject},
                    {"role", domain::to_text(claims_to_sign.role)},
                    {"iat", claims_to_sign.issued_at},
                    {"exp", claims_to_sign.expires_at},
                    {"jti", claims_to_sign.id}};
  const std::string signed_part = header() + "." + crypto::to_base64url(claims.dump());
  return signed_part + "." +
         crypto::to_base64url(crypto::hmac_sha256(keys()->front(), signed_part));
}

bool TokenSigner::has_signed(std::string_view token) const {
  const auto dot = token.rfind('.');
  if (dot == token.npos) return false;
  const std::string_view signed_part = token.substr(0, dot);
  const auto given = crypto::from_base64url(token.substr(dot + 1));
  const auto keys = this->keys();
  return given && std::any_of(keys->begin(), keys->end(), [&](const auto& key) {
           return crypto::is_equal(*given, crypto::hmac_sha256(key, signed_part));
         });
}

std::optional<Claims> TokenSigner::verify(std::string_view token, std::int64_t now) const {
  const std::string_view signed_part = token.substr(0, token.rfind('.'));
  if (!has_signed(token) || !signed_part.starts_with(header() + ".")) return std::nullopt;
  const auto payload = crypto::from_base64url(signed_part.substr(header().size() + 1));
  const json claims = payload ? json::parse(*payload, nullptr, false) : json();
  if (!claims.is_object()) return std::nullopt;
  const auto subject = claim<std::string>(claims, "sub");
  const auto role = domain::find_role(claim<std::string>(claims, "role").value_or(""));
  const auto id = claim<std::string>(claims, "jti");
  const auto issued_at = claim<std::int64_t>(claims, "iat");
  const auto expires_at = claim<std::int64_t>(claims, "exp");
  if (!subject || !role || !id || !issued_at || !expires_at || *expires_at <= now) {
    return std::nullopt;
  }
  return Claims{.subject = *subject,
                .role = *role,
                .id = *id,
                .issued_at = *issued_at,
                .expires_at = *expires_at};
}

}  // namespace hss::auth
