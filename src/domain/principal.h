#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hss::domain {

enum class Role { customer, staff, admin };

std::string_view to_text(Role role);
std::optional<Role> find_role(std::string_view text);

/// Who acts. Authenticated at the door (api/), believed from there on.
struct Principal {
  std::string account;  ///< e-mail of the account; empty where demo mode knows only the role
  Role role = Role::customer;
};

/// Who acts and in which request, for the audit trail.
struct Caller {
  Principal principal;
  std::string request_id;
};

}  // namespace hss::domain
