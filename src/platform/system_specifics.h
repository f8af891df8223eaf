#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hss::platform {

// What each system that has POSIX's calls does in its own way. The files *_posix.cpp alone use it.

/// The absolute folder that a variable of the environment names.
std::optional<std::string> find_folder(const char* variable);

/// True if whoever started this program without a terminal did so from a desktop, which can show a
/// window.
bool has_desktop();

/// The commands that show a message in a window until it is closed, the best one first. They end
/// with 0 if it was seen.
std::vector<std::vector<std::string>> message_commands(const std::string& title,
                                                       const std::string& text);

/// The memory that this process has now; 0 if the system does not tell.
double resident_bytes();

/// The limit of a container's memory; empty if there is none.
std::optional<std::uint64_t> container_memory();

}  // namespace hss::platform
