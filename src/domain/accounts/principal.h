#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hss::domain {

struct Booking;
struct OutboxEvent;

/// Each role includes the rights of the one before it.
enum class Role { customer, staff, admin };

std::string_view to_text(Role role);
std::optional<Role> find_role(std::string_view text);

/// How the principal was authenticated.
enum class AuthMethod {
  by_role,     ///< demo mode: only the role counts, and all customers are the same one
  nobody,      ///< accounts mode: no token, or no valid one
  kiosk,       ///< accounts mode: a kiosk that nobody has unlocked
  on_kiosk,    ///< accounts mode: a member of staff on a kiosk that they unlocked
  by_account,  ///< accounts mode: signed in with a password, in their own browser
};

std::string_view to_text(AuthMethod method);
std::optional<AuthMethod> find_auth_method(std::string_view text);

/// The authenticated actor. The API authenticates it; inner layers trust it.
struct Principal {
  std::string account;  ///< e-mail of the account; empty if demo mode knows only the role
  Role role = Role::customer;
  std::string account_id{};  ///< of a kiosk: who set it up; empty if there is no account
  std::string session_id{};  ///< the token's; empty if there is none
  AuthMethod auth_method = AuthMethod::by_role;

  bool is_authenticated() const { return auth_method != AuthMethod::nobody; }
  /// True for a customer with an account, who sees only their own bookings.
  bool sees_own_only() const {
    return auth_method != AuthMethod::by_role && role == Role::customer;
  }
  /// True for staff and admin; in demo mode for whoever chose one of these roles.
  bool is_staff() const { return role != Role::customer; }
  bool may_see(const Booking& booking) const;
  /// Events that are about no booking are for everybody.
  bool may_hear(const OutboxEvent& event) const;
};

/// The actor where demo mode knows only the role.
inline constexpr std::string_view demo_actor = "demo";

/// The actor and the id of the request, for the audit trail.
struct Caller {
  Principal principal;
  std::string request_id;

  /// The account, or demo_actor.
  std::string actor() const {
    return principal.account.empty() ? std::string(demo_actor) : principal.account;
  }
};

}  // namespace hss::domain
