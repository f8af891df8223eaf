#include "domain/reference.h"

#include <array>

namespace hss::domain {

std::string new_reference(std::string_view prefix, const RandomBytes& random) {
  constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::array<std::uint8_t, 10> bytes{};
  random(bytes);
  std::string reference(prefix);
  for (const std::uint8_t byte : bytes) reference += crockford[byte % crockford.size()];
  return reference;
}

}  // namespace hss::domain
