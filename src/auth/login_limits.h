#pragma once

#include <chrono>

#include "auth/rate_limiter.h"

/// The rate limits of accounts mode (RateLimiter counts).
namespace hss::auth::login_limits {

using std::chrono::seconds;

// Wrong logins. An address may be that of a residence full of students, so the mistakes of one must
// not lock out the others: an account's first wrong attempts from an address have only their own
// limit, and a newcomer with the right password gets in, however many others are trying.
inline constexpr RateLimit first_from_address_to_account{.burst = 3, .interval = seconds(300)};
inline constexpr RateLimit wrong_from_address_to_account{.burst = 5, .interval = seconds(60)};
/// Counts all attempts after the first ones, and every attempt with an unknown e-mail.
inline constexpr RateLimit wrong_from_address{.burst = 60, .interval = seconds(10)};
inline constexpr RateLimit wrong_to_account{.burst = 100, .interval = seconds(3)};
/// Replaces all three for a trusted device of the account.
inline constexpr RateLimit wrong_with_trusted_device{.burst = 5, .interval = seconds(60)};
inline constexpr RateLimit wrong_in_session{.burst = 5, .interval = seconds(60)};

// Right or wrong, each login costs a hash.
inline constexpr RateLimit all_from_address_to_account{.burst = 300, .interval = seconds(2)};
inline constexpr RateLimit all_of_account{.burst = 60, .interval = seconds(20)};

/// Beyond the limit an address is not locked out: it registers one account at a time (HashLimiter).
inline constexpr RateLimit registrations_from_address{.burst = 300, .interval = seconds(12)};

// On a kiosk; a PIN also has its own lock (domain/accounts/account.h).
inline constexpr RateLimit wrong_on_kiosk{.burst = 30, .interval = seconds(4)};
inline constexpr RateLimit wrong_password_on_kiosk{.burst = 5, .interval = seconds(60)};

}  // namespace hss::auth::login_limits
