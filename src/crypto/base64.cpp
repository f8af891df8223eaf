#include "crypto/base64.h"

#include <algorithm>

#include "crypto/base64url.h"

namespace hss::crypto {

std::string to_base64(std::string_view bytes) {
  std::string text = to_base64url(bytes);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string url(text.substr(0, text.find('=')));
  if (url.find_first_of("-_") != url.npos) return std::nullopt;
  std::replace(url.begin(), url.end(), '+', '-');
  std::replace(url.begin(), url.end(), '/', '_');
  auto bytes = from_base64url(url);
  if (!bytes || to_base64(*bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace hss::crypto
