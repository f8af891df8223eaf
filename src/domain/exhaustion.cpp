#include "domain/exhaustion.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <new>
#include <system_error>

namespace hss::domain {
namespace {

constexpr std::size_t reserve_bytes = 2 * 1024 * 1024;

/// Process-wide, like the new-handler.
std::atomic<void*> reserve = nullptr;

void give_reserve_back() {
  void* const memory = reserve.exchange(nullptr);
  if (memory == nullptr) throw std::bad_alloc();
  std::free(memory);
}

}  // namespace

bool is_exhaustion(const std::exception& failure) {
  constexpr std::array limits{std::errc::resource_unavailable_try_again,
                              std::errc::not_enough_memory, std::errc::too_many_files_open,
                              std::errc::too_many_files_open_in_system};
  if (dynamic_cast<const std::bad_alloc*>(&failure) != nullptr) return true;
  const auto* system = dynamic_cast<const std::system_error*>(&failure);
  return system != nullptr && std::any_of(limits.begin(), limits.end(),
                                          [&](std::errc each) { return system->code() == each; });
}

void keep_memory_reserve() {
  if (reserve.load(std::memory_order_relaxed) != nullptr) return;
  std::set_new_handler(give_reserve_back);
  void* const memory = std::malloc(reserve_bytes);
  void* none = nullptr;
  if (!reserve.compare_exchange_strong(none, memory)) std::free(memory);
}

}  // namespace hss::domain
