#include "events/webhook_signature.h"

#include "crypto/base64.h"
#include "crypto/digest.h"

namespace hss::events {

std::string webhook_signature(std::string_view secret, std::string_view id, std::int64_t timestamp,
                              std::string_view body) {
  std::string text(id);
  text.append(".").append(std::to_string(timestamp)).append(".").append(body);
  return "v1," + crypto::to_base64(crypto::hmac_sha256(secret, text));
}

}  // namespace hss::events
