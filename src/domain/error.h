#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace hss::domain {

/// The closed set of codes that a client may see (API.md, "Conventions"). The API turns each into
/// one HTTP status by one table; a failure without a code is a bug and is answered `internal`.
enum class ErrorCode {
  validation_error,
  unauthorized,
  forbidden,
  not_found,
  method_not_allowed,
  conflict,
  price_changed,
  payload_too_large,
  unsupported_media_type,
  rate_limited,
  unavailable,
  internal,
};

/// What went wrong, in words for a person: `what()` is one sentence, `details` one string a fault.
/// Both are shown to clients, so neither ever holds a library's text.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message, std::vector<std::string> details = {})
      : std::runtime_error(message), code_(code), details_(std::move(details)) {}

  ErrorCode code() const { return code_; }
  const std::vector<std::string>& details() const { return details_; }

 private:
  ErrorCode code_;
  std::vector<std::string> details_;
};

}  // namespace hss::domain
