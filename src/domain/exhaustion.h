#pragma once

#include <exception>

namespace hss::domain {

/// True if it says that the system has no more of something for now: memory, threads, open files.
bool is_exhaustion(const std::exception& failure);

/// Holds memory back for the moment in which there is no more: it is given to the allocation that
/// fails, so that the small ones of telling of it do not fail too, and nothing ends in a destructor
/// that cannot throw. Whoever has told of it calls this again; where the reserve is whole that
/// costs next to nothing. From any thread. It is memory that is never touched.
void keep_memory_reserve();

}  // namespace hss::domain
