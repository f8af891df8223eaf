#pragma once

#include <optional>
#include <string>
#include <vector>

namespace hss {

/// One line `name = value` of a configuration file.
struct ConfigLine {
  std::string name;
  std::optional<std::string> value;  ///< none: the line has no value
  std::string place;                 ///< the file and the line's number, to begin a sentence with
};

/// The lines of a file with content: empty lines and those that begin with # or ; are skipped. The
/// rest of the line is the value, whatever is in it, without surrounding space and without quotes
/// that enclose all of it. Throws domain::Error{validation_error} that names the file and the line
/// that cannot be read.
std::vector<ConfigLine> read_config_file(const std::string& path);

}  // namespace hss
