#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hss::domain {

struct Booking;
struct OutboxEvent;

/// Each may more than the one before it.
enum class Role { customer, staff, admin };

std::string_view to_text(Role role);
std::optional<Role> find_role(std::string_view text);

/// The method by which somebody is authenticated.
enum class AuthMethod {
  by_role,     ///< demo mode: a role is all there is, and every customer is one and the same
  nobody,      ///< accounts mode: no token, or none that holds
  kiosk,       ///< accounts mode: a shared screen that nobody has unlocked
  on_kiosk,    ///< accounts mode: somebody of the staff who has unlocked one
  by_account,  ///< accounts mode: signed in with a password, in a browser of their own
};

/// Who acts. Authenticated at the door (api/), believed from there on.
struct Principal {
  std::string account;  ///< e-mail of the account; empty where demo mode knows only the role
  Role role = Role::customer;
  std::string account_id{};  ///< of a device: who opened it; empty where there is no account
  std::string session_id{};  ///< the token's; empty where there is none
  AuthMethod auth_method = AuthMethod::by_role;

  bool is_authenticated() const { return auth_method != AuthMethod::nobody; }
  /// A customer with an account, who has to do with their own bookings alone.
  bool sees_own_only() const {
    return auth_method != AuthMethod::by_role && role == Role::customer;
  }
  /// Staff and admin, in demo mode whoever plays them.
  bool is_staff() const { return role != Role::customer; }
  bool may_see(const Booking& booking) const;
  /// What is about no booking is for everybody.
  bool may_hear(const OutboxEvent& event) const;
};

/// Who acts and in which request, for the audit trail.
struct Caller {
  Principal principal;
  std::string request_id;
};

}  // namespace hss::domain
