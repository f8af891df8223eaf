#include "uploads/link_signature.h"

#include "crypto/base64url.h"
#include "crypto/digest.h"

namespace hss::uploads {

std::string sign_link(std::string_view token_key, std::string_view method, const StoredFile& file,
                      std::int64_t expires) {
  // Neither a token nor anything else that is signed with the key can be taken for an address.
  const std::string key = crypto::hmac_sha256(token_key, "hss upload address 1");
  std::string text;
  for (const std::string_view part :
       {method, std::string_view(file.upload_id), domain::to_text(file.variant),
        std::string_view(file.promise.content_type), std::string_view(file.promise.sha256)}) {
    text.append(part).append("\n");
  }
  text += std::to_string(file.promise.size) + "\n" + std::to_string(expires);
  return crypto::to_base64url(crypto::hmac_sha256(key, text));
}

bool is_signed(const std::vector<std::string>& token_keys, std::string_view method,
               const StoredFile& file, std::int64_t expires, std::string_view signature) {
  bool is_right = false;
  for (const std::string& key : token_keys) {
    is_right |= crypto::is_equal(sign_link(key, method, file, expires), signature);
  }
  return is_right;
}

}  // namespace hss::uploads
