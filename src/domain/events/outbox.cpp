#include "domain/events/outbox.h"

#include "domain/enum_names.h"

namespace hss::domain {
namespace {

constexpr EnumNames<DeliveryState, 3> names{{"waiting", "dead", "delivered"}};

}  // namespace

std::string_view to_text(DeliveryState state) {
  return names[state];
}

std::optional<DeliveryState> find_delivery_state(std::string_view text) {
  return names.find(text);
}

}  // namespace hss::domain
