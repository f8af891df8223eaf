#pragma once

#include <chrono>

#include "auth/rate_limiter.h"

/// How often who may try what in accounts mode (RateLimiter counts).
namespace hss::auth::login_limits {

using std::chrono::seconds;

// Wrong logins. An address may stand for a residence full of students, so what one of them does
// must not keep the others out: an account's first wrong tries from an address are
// bounded by themselves alone, and whoever comes anew with the right password gets in, however many
// others are trying.
inline constexpr RateLimit first_from_address_to_account{.burst = 3, .interval = seconds(300)};
inline constexpr RateLimit wrong_from_address_to_account{.burst = 5, .interval = seconds(60)};
/// All behind the first ones, and every try of an e-mail that has no account.
inline constexpr RateLimit wrong_from_address{.burst = 60, .interval = seconds(10)};
inline constexpr RateLimit wrong_to_account{.burst = 100, .interval = seconds(3)};
/// In place of all three, in a browser that the account has signed in with.
inline constexpr RateLimit wrong_with_trusted_device{.burst = 5, .interval = seconds(60)};
inline constexpr RateLimit wrong_in_session{.burst = 5, .interval = seconds(60)};

// Right or wrong: each costs a hash.
inline constexpr RateLimit all_from_address_to_account{.burst = 300, .interval = seconds(2)};
inline constexpr RateLimit all_of_account{.burst = 60, .interval = seconds(20)};

/// Beyond, an address is not shut out: it registers one account after the other (HashLimiter).
inline constexpr RateLimit registrations_from_address{.burst = 300, .interval = seconds(12)};

// On a shared screen; a PIN has its own lock, too (domain/accounts/account.h).
inline constexpr RateLimit wrong_on_kiosk{.burst = 30, .interval = seconds(4)};
inline constexpr RateLimit wrong_password_on_kiosk{.burst = 5, .interval = seconds(60)};

}  // namespace hss::auth::login_limits
