#pragma once

#include <iostream>
#include <string>

namespace hss::commands {

/// Shows a failure's cause to whoever runs the command, as storage::Report.
inline void report(const std::string& text) {
  std::cerr << text << '\n';
}

}  // namespace hss::commands
