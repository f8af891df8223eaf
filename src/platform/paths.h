#pragma once

#include <optional>
#include <string>

namespace hss {

/// The default database, in data_folder(); empty if there is none.
std::string default_db();

/// Expands `~` and `~/…` to the home folder; returns any other path unchanged. Does not look up
/// another user's home folder, `~name`. Throws domain::Error{validation_error} with a sentence if
/// there is no such folder.
std::string expand_home(const std::string& path);

namespace platform {

// The folders that the environment names, as absolute paths; empty if it names none.

/// Where this program keeps its data by default: $XDG_DATA_HOME/hss or ~/.local/share/hss, on macOS
/// ~/Library/Application Support/HSS, on Windows %LOCALAPPDATA%\HSS. It may not be there yet, and
/// is for this user alone: on Windows, as all of %LOCALAPPDATA% is.
std::optional<std::string> data_folder();

/// $HOME; on Windows %USERPROFILE%.
std::optional<std::string> home_folder();

/// What names home_folder(), for sentences: "HOME".
extern const char* const home_variable;

/// True for what stands between folders in a path: `/`; on Windows also `\`.
bool is_separator(char c);

}  // namespace platform
}  // namespace hss
