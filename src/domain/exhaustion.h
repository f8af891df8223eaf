#pragma once

#include <exception>

namespace hss::domain {

/// Whether it says that the system has no more of something for now: memory, threads, open files.
bool is_exhaustion(const std::exception& failure);

}  // namespace hss::domain
