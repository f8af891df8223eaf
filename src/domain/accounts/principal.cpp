#include "domain/accounts/principal.h"

#include "domain/bookings/booking.h"
#include "domain/enum_names.h"
#include "domain/events/outbox.h"

namespace hss::domain {
namespace {

constexpr EnumNames<Role, 3> names{{"customer", "staff", "admin"}};
constexpr EnumNames<AuthMethod, 5> methods{{"role", "nobody", "kiosk", "on_kiosk", "account"}};

}  // namespace

std::string_view to_text(Role role) {
  return names[role];
}

bool Principal::may_see(const Booking& booking) const {
  if (auth_method == AuthMethod::nobody || auth_method == AuthMethod::kiosk) return false;
  return !sees_own_only() || booking.owner == account_id;
}

bool Principal::may_hear(const OutboxEvent& event) const {
  if (auth_method == AuthMethod::nobody || auth_method == AuthMethod::kiosk) return false;
  return !sees_own_only() || !event.booking_id || event.owner == account_id;
}

std::string_view to_text(AuthMethod method) {
  return methods[method];
}

std::optional<AuthMethod> find_auth_method(std::string_view text) {
  return methods.find(text);
}

std::optional<Role> find_role(std::string_view text) {
  return names.find(text);
}

}  // namespace hss::domain
