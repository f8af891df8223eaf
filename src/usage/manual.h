#pragma once

#include <string>

#include "usage/command_tree.h"

namespace hss::usage {

/// The manual page hss(1), as man(7) marks it up: commands, options with their variables, files,
/// environment, exit codes.
std::string manual(const CommandText& root, const std::string& version);

}  // namespace hss::usage
