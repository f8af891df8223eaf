#pragma once

#include <chrono>

#include "api/attempts.h"

/// How often who may try what in accounts mode (Attempts counts).
namespace hss::api::login_limits {

using std::chrono::seconds;

// Wrong logins. An address may stand for a residence full of students.
inline constexpr AttemptLimit wrong_from_address{.burst = 60, .interval = seconds(10)};
inline constexpr AttemptLimit wrong_from_address_to_account{.burst = 5, .interval = seconds(60)};
/// Only for those who have been wrong before: whoever comes anew with the right password gets in,
/// however many others are trying.
inline constexpr AttemptLimit wrong_to_account{.burst = 100, .interval = seconds(3)};
inline constexpr int tries_of_a_newcomer = 3;
/// In place of all three, in a browser that the account has signed in with.
inline constexpr AttemptLimit wrong_with_mark{.burst = 5, .interval = seconds(60)};
inline constexpr AttemptLimit wrong_in_session{.burst = 5, .interval = seconds(60)};

// Right or wrong: each costs a hash.
inline constexpr AttemptLimit all_from_address{.burst = 300, .interval = seconds(2)};
inline constexpr AttemptLimit all_of_account{.burst = 60, .interval = seconds(20)};

inline constexpr AttemptLimit registrations_from_address{.burst = 10, .interval = seconds(360)};
inline constexpr AttemptLimit links_from_address{.burst = 20, .interval = seconds(15)};

// On a shared screen; a PIN has its own lock, too (domain/account.h).
inline constexpr AttemptLimit wrong_on_screen{.burst = 30, .interval = seconds(4)};
inline constexpr AttemptLimit wrong_password_on_screen{.burst = 5, .interval = seconds(60)};

}  // namespace hss::api::login_limits
