#include "domain/exhaustion.h"

#include <algorithm>
#include <array>
#include <new>
#include <system_error>

namespace hss::domain {

bool is_exhaustion(const std::exception& failure) {
  constexpr std::array limits{std::errc::resource_unavailable_try_again,
                              std::errc::not_enough_memory, std::errc::too_many_files_open,
                              std::errc::too_many_files_open_in_system};
  if (dynamic_cast<const std::bad_alloc*>(&failure) != nullptr) return true;
  const auto* system = dynamic_cast<const std::system_error*>(&failure);
  return system != nullptr && std::any_of(limits.begin(), limits.end(),
                                          [&](std::errc each) { return system->code() == each; });
}

}  // namespace hss::domain
