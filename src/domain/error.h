#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace hss::domain {

/// The closed set of codes that a client may see (API.md, "Conventions"). The API maps each to one
/// HTTP status in one table; a failure without a code is a bug and is answered `internal`.
enum class ErrorCode {
  validation_error,
  unauthorized,
  forbidden,
  not_found,
  method_not_allowed,
  conflict,
  price_changed,
  unpaid_change,
  slot_full,
  slot_closed,
  terms_changed,
  payload_too_large,
  precondition_failed,
  upload_refused,
  unsupported_media_type,
  misdirected,
  rate_limited,
  unavailable,
  internal,
};

/// An error for a person to read: `what()` is one sentence, `details` has one string for each
/// error. Clients see both, so neither ever contains a library's text.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message, std::vector<std::string> details = {})
      : std::runtime_error(message), code_(code), details_(std::move(details)) {}

  /// A limit was reached: the client may try again after `retry_after`.
  static Error rate_limited(const std::string& message, std::chrono::seconds retry_after,
                            std::vector<std::string> details = {}) {
    Error error(ErrorCode::rate_limited, message, std::move(details));
    error.retry_after_ = retry_after;
    return error;
  }

  ErrorCode code() const { return code_; }
  const std::vector<std::string>& details() const { return details_; }
  /// Set for rate_limited and unavailable.
  std::chrono::seconds retry_after() const { return retry_after_; }

 private:
  ErrorCode code_;
  std::vector<std::string> details_;
  std::chrono::seconds retry_after_{1};
};

}  // namespace hss::domain
