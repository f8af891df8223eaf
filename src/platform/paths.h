#pragma once

#include <string>

namespace hss {

/// The default database in the platform's folder for a program's data; empty if the environment
/// names none. Ignores a relative folder (XDG Base Directory Specification).
std::string default_db();

/// Expands `~` and `~/…` to $HOME; returns any other path unchanged. Does not look up another
/// user's home folder, `~name`. Throws domain::Error{validation_error} with a sentence if there is
/// no such folder.
std::string expand_home(const std::string& path);

}  // namespace hss
