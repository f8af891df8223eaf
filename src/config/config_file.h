#pragma once

#include <optional>
#include <string>
#include <vector>

namespace hss {

/// A line `name = value` of a configuration file.
struct ConfigLine {
  std::string name;
  std::optional<std::string> value;  ///< none: the name stands alone
  std::string place;                 ///< the file and the line's number, as a sentence begins
};

/// The lines of a file that say something: those that are empty, or begin with # or ;, do not. The
/// rest of the line is the value, whatever is in it, but for the space around it and for quotes
/// that enclose it all. Throws domain::Error{validation_error} that names the file, and the line
/// that is none.
std::vector<ConfigLine> read_config_file(const std::string& path);

}  // namespace hss
