#pragma once

#include <string>
#include <vector>

#include "domain/clock.h"

namespace hss::auth {

/// Where the keys that sign tokens are kept. Thread-safe.
class TokenKeySource {
 public:
  virtual ~TokenKeySource() = default;

  /// The keys as they are now: the first signs, and tokens of each are accepted. Throws
  /// domain::Error{unavailable} with a sentence.
  virtual std::vector<std::string> load(domain::Instant now) = 0;
  /// The keys as they were last loaded. Waits for nobody.
  virtual std::vector<std::string> keys() const = 0;
};

}  // namespace hss::auth
