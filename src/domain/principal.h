#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hss::domain {

struct Booking;

enum class Role { customer, staff, admin };

std::string_view to_text(Role role);
std::optional<Role> find_role(std::string_view text);

/// Who acts. Authenticated at the door (api/), believed from there on.
struct Principal {
  std::string account;  ///< e-mail of the account; empty where demo mode knows only the role
  Role role = Role::customer;
  /// Empty in demo mode, where a role is all there is and every customer is one and the same.
  std::string account_id{};
  std::string session_id{};  ///< the token's; empty in demo mode

  /// A customer with an account, who has to do with their own bookings alone.
  bool is_bound() const { return role == Role::customer && !account_id.empty(); }
  bool may_see(const Booking& booking) const;
};

/// Who acts and in which request, for the audit trail.
struct Caller {
  Principal principal;
  std::string request_id;
};

}  // namespace hss::domain
