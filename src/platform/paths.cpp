#include "platform/paths.h"

#include <filesystem>

#include "domain/error.h"

namespace hss {

std::string default_db() {
  const auto folder = platform::data_folder();
  return folder ? (std::filesystem::path(*folder) / "hss.db").string() : "";
}

std::string expand_home(const std::string& path) {
  if (!path.starts_with('~')) return path;
  const auto reject = [&](const std::string& why) -> domain::Error {
    return {domain::ErrorCode::validation_error, path + " " + why};
  };
  if (path.size() > 1 && !platform::is_separator(path[1])) {
    throw reject(
        "names somebody's home folder, which is not looked up here; write the whole path (" +
        ("./" + path) + " for a file of that name)");
  }
  const auto home = platform::home_folder();
  if (!home) {
    throw reject("cannot be found, as " + std::string(platform::home_variable) +
                 " is not set; write the whole path");
  }
  return *home + path.substr(1);
}

}  // namespace hss
