#include "domain/bookings/pickup_method.h"

#include "domain/enum_names.h"

namespace hss::domain {
namespace {

constexpr EnumNames<PickupMethod, all_pickup_methods.size()> pickup_method_names{
    {"collect", "brought"}};

}  // namespace

std::string_view to_text(PickupMethod method) {
  return pickup_method_names[method];
}

std::optional<PickupMethod> find_pickup_method(std::string_view text) {
  return pickup_method_names.find(text);
}

}  // namespace hss::domain
