#include "platform/paths.h"

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "domain/error.h"

namespace hss {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> find_folder(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr || !fs::path(value).is_absolute()) return std::nullopt;
  return value;
}

fs::path data_folder() {
#if defined(_WIN32)
  if (const auto folder = find_folder("LOCALAPPDATA")) return *folder / "HSS";
#elif defined(__APPLE__)
  if (const auto home = find_folder("HOME")) return *home / "Library/Application Support/HSS";
#else
  if (const auto folder = find_folder("XDG_DATA_HOME")) return *folder / "hss";
  if (const auto home = find_folder("HOME")) return *home / ".local/share/hss";
#endif
  return {};
}

}  // namespace

std::string default_db() {
  const fs::path folder = data_folder();
  return folder.empty() ? "" : (folder / "hss.db").string();
}

std::string expand_home(const std::string& path) {
  if (!path.starts_with('~')) return path;
  const auto reject = [&](const std::string& why) -> domain::Error {
    return {domain::ErrorCode::validation_error, path + " " + why};
  };
  if (path.size() > 1 && path[1] != '/') {
    throw reject(
        "names somebody's home folder, which is not looked up here; write the whole path (" +
        ("./" + path) + " for a file of that name)");
  }
  const auto home = find_folder("HOME");
  if (!home) throw reject("cannot be found, as HOME is not set; write the whole path");
  return home->string() + path.substr(1);
}

}  // namespace hss
