#pragma once

#include <chrono>
#include <string>

namespace hss::domain {

/// A code by which a customer takes a booking that staff made for them into their own account: an
/// e-mail or a telephone number would not do, as anybody can register with any.
struct ClaimCode {
  std::string code;  ///< ten characters of Crockford base 32
  std::string expires_at;
};

inline constexpr std::chrono::days claim_code_lasts(90);
/// The time for which a wrong code counts, and how many an account has in it.
inline constexpr std::chrono::hours claim_failure_lasts(1);
inline constexpr int max_claim_failures = 5;

}  // namespace hss::domain
