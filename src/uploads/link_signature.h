#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "uploads/file_store.h"

namespace hss::uploads {

/// Signs the addresses of the local store, so that whoever has one may use it for that method, that
/// file, those bytes and until that time, and for nothing else. The key is derived from the one
/// that signs tokens, so that every instance has the same.
///
/// `expires`: seconds since 1970.
std::string sign_link(std::string_view token_key, std::string_view method, const StoredFile& file,
                      std::int64_t expires);

/// True if one of the keys made this signature. Takes the same time wherever the two differ.
bool is_signed(const std::vector<std::string>& token_keys, std::string_view method,
               const StoredFile& file, std::int64_t expires, std::string_view signature);

}  // namespace hss::uploads
