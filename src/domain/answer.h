#pragma once

#include <string>

namespace hss::domain {

/// What was answered to the first request that carried an Idempotency-Key. It is stored in the
/// transaction that did the work, so that the work and the memory of it stand or fall together.
struct RememberedAnswer {
  std::string scope;        ///< whose key it is: keys of two accounts never meet
  std::string key;          ///< the client's, 1–255 visible ASCII characters
  std::string fingerprint;  ///< of method, path and body: another request with this key is refused
  int status = 0;
  std::string body;
  std::string location;    ///< the Location header; empty where there was none
  std::string created_at;  ///< keys live 24 hours from here
};

}  // namespace hss::domain
