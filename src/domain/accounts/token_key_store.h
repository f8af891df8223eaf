#pragma once

#include <string_view>
#include <vector>

#include "domain/accounts/account.h"

namespace hss::domain {

/// The keys that tokens are signed with.
class TokenKeyReader {
 public:
  virtual ~TokenKeyReader() = default;

  /// Lists the keys that have not retired at `now`, the newest first.
  virtual std::vector<TokenKey> list(std::string_view now) = 0;
};

class TokenKeyWriter : public TokenKeyReader {
 public:
  /// Earlier keys verify tokens until `retires_at` and are deleted afterwards.
  virtual void insert(const TokenKey& key, std::string_view retires_at) = 0;
};

}  // namespace hss::domain
