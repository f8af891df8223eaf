#include "platform/system_specifics.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "platform/paths.h"
#include "platform/process.h"

namespace hss::platform {
namespace {

bool is_set(const char* variable) {
  const char* const value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

const std::string_view browser_opener = "xdg-open";

bool has_desktop() {
  return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY");
}

std::vector<std::vector<std::string>> message_commands(const std::string& title,
                                                       const std::string& text) {
  return {
      // Otherwise it ends with 1 if the window is closed by its frame, as if it had not been shown.
      {"env", "ZENITY_ESC=0", "zenity", "--info", "--no-markup", "--title=" + title,
       "--text=" + text},
      {"kdialog", "--title", title, "--msgbox", text},
      {"xmessage", "-center", "-title", title, text},
      {"notify-send", "--", title, text}};
}

std::optional<std::string> data_folder() {
  if (const auto folder = find_folder("XDG_DATA_HOME")) return *folder + "/hss";
  if (const auto home = home_folder()) return *home + "/.local/share/hss";
  return std::nullopt;
}

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  long all = 0, resident = 0;
  file >> all >> resident;
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

std::optional<std::uint64_t> container_memory() {
  // "max" means none.
  std::ifstream file("/sys/fs/cgroup/memory.max");
  std::uint64_t bytes = 0;
  if (file >> bytes) return bytes;
  return std::nullopt;
}

std::string executable_path() {
  std::error_code unknown;
  return std::filesystem::read_symlink("/proc/self/exe", unknown).string();
}

}  // namespace hss::platform
