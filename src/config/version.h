#pragma once

#include <string>

namespace hss {

/// The version of this build, as `--version` and `/health` report it.
extern const char* const version;

/// What `hss --version` prints: the version, the commit, the parts that are in, and the libraries,
/// a line each.
std::string version_text();

}  // namespace hss
