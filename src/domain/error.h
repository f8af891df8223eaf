#pragma once

#include <chrono>
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
  misdirected,
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

  /// Too much of something: it is worth another try after `retry_after`.
  static Error rate_limited(const std::string& message, std::chrono::seconds retry_after) {
    Error error(ErrorCode::rate_limited, message);
    error.retry_after_ = retry_after;
    return error;
  }

  ErrorCode code() const { return code_; }
  const std::vector<std::string>& details() const { return details_; }
  /// Of rate_limited and unavailable.
  std::chrono::seconds retry_after() const { return retry_after_; }

 private:
  ErrorCode code_;
  std::vector<std::string> details_;
  std::chrono::seconds retry_after_{1};
};

}  // namespace hss::domain
