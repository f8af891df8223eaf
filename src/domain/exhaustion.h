#pragma once

#include <exception>

namespace hss::domain {

/// True if the exception says that the system is out of something for now: memory, threads, open
/// files.
bool is_exhaustion(const std::exception& failure);

/// Reserves memory for the moment in which there is none left: the allocation that fails gets it,
/// so that the small ones for reporting the failure succeed, and nothing ends in a destructor that
/// cannot throw. Call this again after such a report; with the reserve intact it costs next to
/// nothing. Called from any thread. The memory is never touched.
void keep_memory_reserve();

}  // namespace hss::domain
