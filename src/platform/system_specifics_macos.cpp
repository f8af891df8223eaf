#include "platform/system_specifics.h"

#include <mach-o/dyld.h>
#include <mach/mach.h>

#include <cstdlib>
#include <string_view>

#include "platform/paths.h"
#include "platform/process.h"

namespace hss::platform {
namespace {

/// As a text of AppleScript.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

}  // namespace

const std::string_view browser_opener = "open";

bool has_desktop() {
  // Finder, the Dock and `open` start programs under such a name.
  const char* const name = std::getenv("XPC_SERVICE_NAME");
  return name != nullptr && std::string_view(name).starts_with("application.");
}

std::vector<std::vector<std::string>> message_commands(const std::string& title,
                                                       const std::string& text) {
  return {{"osascript", "-e",
           "display dialog " + quoted(text) + " with title " + quoted(title) +
               " buttons {\"OK\"} default button \"OK\""}};
}

std::optional<std::string> data_folder() {
  const auto home = home_folder();
  if (!home) return std::nullopt;
  return *home + "/Library/Application Support/HSS";
}

double resident_bytes() {
  mach_task_basic_info info{};
  mach_msg_type_number_t count = MACH_TASK_BASIC_INFO_COUNT;
  if (::task_info(mach_task_self(), MACH_TASK_BASIC_INFO, reinterpret_cast<task_info_t>(&info),
                  &count) != KERN_SUCCESS) {
    return 0;
  }
  return static_cast<double>(info.resident_size);
}

std::optional<std::uint64_t> container_memory() {
  return std::nullopt;
}

std::string executable_path() {
  std::uint32_t size = 0;
  ::_NSGetExecutablePath(nullptr, &size);
  std::string path(size, '\0');
  if (::_NSGetExecutablePath(path.data(), &size) != 0) return {};
  path.resize(path.find('\0'));
  return path;
}

}  // namespace hss::platform
