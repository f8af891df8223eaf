#pragma once

#include <string>
#include <vector>

#include "usage/command_tree.h"

namespace hss::usage {

/// The shells that completion() writes for.
const std::vector<std::string>& shells();

/// A script that completes commands, options, and values of fixed sets; where another value
/// belongs, file names. `shell` is one of shells().
std::string completion(const CommandText& root, const std::string& shell);

}  // namespace hss::usage
