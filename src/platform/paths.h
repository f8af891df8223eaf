#pragma once

#include <string>

namespace hss {

/// The database in the platform's place for a program's data; empty where the environment names
/// none. A folder that is not named from the root is none (XDG Base Directory Specification).
std::string default_db();

/// `~` and `~/…` as in $HOME; any other path as it is. The home folder of somebody else, `~name`,
/// is not looked up. Throws domain::Error{validation_error} with a sentence where there is no such
/// folder.
std::string expand_home(const std::string& path);

}  // namespace hss
