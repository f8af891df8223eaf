#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hss::platform {

/// What open_browser() starts, for sentences: "xdg-open".
extern const std::string_view browser_opener;

/// Opens an address in the browser of whoever sits at this machine. False if nothing can be started
/// that would.
bool open_browser(const std::string& url);

/// Shows a text in a window to a person who has no terminal. True if it was shown, or is being
/// shown by a program of the desktop. On Windows it returns once the person has closed the window.
bool show_message(const std::string& title, const std::string& text);

/// Starts a program, found as a shell finds it, with the rest of `words` as its arguments. It
/// outlives this process and has none of its files, signal handling or terminal. False if it cannot
/// be started. Called while no other thread makes files.
bool start_detached(const std::vector<std::string>& words);

/// The file of this program; empty if the system does not tell.
std::string executable_path();

std::uint64_t process_id();

/// Raises the number of files that this process may have open as far as it may, and returns it.
/// Empty if there is no such limit.
std::optional<std::uint64_t> raise_open_files();

/// The bytes of addresses that this process may use; empty if there is no limit.
std::optional<std::uint64_t> address_space_limit();

/// The bytes of memory that this process may use: the machine's, or a lower limit that applies.
std::uint64_t memory_limit();

/// What this process has used since its start; 0 where the system does not tell.
struct ProcessUsage {
  double cpu_seconds = 0;
  double resident_bytes = 0;
};
ProcessUsage process_usage();

}  // namespace hss::platform
