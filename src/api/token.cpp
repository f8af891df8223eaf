#include "api/token.h"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "crypto/digest.h"

namespace hss::api {
namespace {

using nlohmann::json;

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// base64url without padding (RFC 4648, section 5).
std::string encode(std::string_view bytes) {
  std::string text;
  unsigned bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) text += alphabet[(bits >> (count - 6)) & 63];
  }
  if (count > 0) text += alphabet[(bits << (6 - count)) & 63];
  return text;
}

std::optional<std::string> decode(std::string_view text) {
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto value = alphabet.find(c);
    if (value == alphabet.npos) return std::nullopt;
    bits = (bits << 6) | static_cast<unsigned>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>((bits >> count) & 255);
    }
  }
  return bytes;
}

const std::string& header() {
  static const std::string header = encode(R"({"alg":"HS256","typ":"JWT"})");
  return header;
}

}  // namespace

TokenSigner::TokenSigner(std::string key) : key_(std::move(key)) {
  constexpr std::size_t shortest_key = 32;
  if (key_.size() < shortest_key) throw std::logic_error("a token key has at least 256 bits");
}

std::string TokenSigner::sign(const domain::Principal& principal, std::int64_t issued_at,
                              std::int64_t expires_at, std::string_view id) const {
  const json claims{{"sub", principal.account},
                    {"role", domain::to_text(principal.role)},
                    {"iat", issued_at},
                    {"exp", expires_at},
                    {"jti", id}};
  const std::string signed_part = header() + "." + encode(claims.dump());
  return signed_part + "." + encode(crypto::hmac_sha256(key_, signed_part));
}

std::optional<domain::Principal> TokenSigner::verify(std::string_view token,
                                                     std::int64_t now) const {
  const auto dot = token.rfind('.');
  if (dot == token.npos) return std::nullopt;
  const std::string_view signed_part = token.substr(0, dot);
  const auto given = decode(token.substr(dot + 1));
  if (!given || !crypto::is_equal(*given, crypto::hmac_sha256(key_, signed_part))) {
    return std::nullopt;
  }
  if (!signed_part.starts_with(header() + ".")) return std::nullopt;
  const auto payload = decode(signed_part.substr(header().size() + 1));
  const json claims = payload ? json::parse(*payload, nullptr, false) : json();
  if (!claims.is_object() || claims.value("exp", std::int64_t{0}) <= now) return std::nullopt;
  const auto role = domain::find_role(claims.value("role", ""));
  if (!role) return std::nullopt;
  return domain::Principal{.account = claims.value("sub", ""), .role = *role};
}

}  // namespace hss::api
