#include "platform/process.h"

#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>

#include "platform/system_specifics.h"

extern char** environ;

namespace hss::platform {
namespace {

/// Returns the id of a process without our file mask, signal handling and session; empty if the
/// program cannot be started.
std::optional<pid_t> spawn(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  sigset_t none, defaults;
  sigemptyset(&none);
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  sigaddset(&defaults, SIGCHLD);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  const mode_t ours = ::umask(022);
  pid_t child = 0;
  const int failure =
      ::posix_spawnp(&child, arguments.front(), nullptr, &attributes, arguments.data(), environ);
  ::umask(ours);
  posix_spawnattr_destroy(&attributes);
  if (failure != 0) return std::nullopt;
  return child;
}

/// Runs a program to its end. True if it says that all went well.
bool run(const std::vector<std::string>& words) {
  const auto child = spawn(words);
  if (!child) return false;
  int status = 0;
  while (::waitpid(*child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

bool open_browser(const std::string& url) {
  return start_detached({std::string(browser_opener), url});
}

bool show_message(const std::string& title, const std::string& text) {
  // How a child ends is reported only where start_detached() has not turned that off.
  struct sigaction standard {
  }, before{};
  standard.sa_handler = SIG_DFL;
  ::sigaction(SIGCHLD, &standard, &before);
  const auto commands = message_commands(title, text);
  const bool is_shown = std::any_of(commands.begin(), commands.end(), run);
  ::sigaction(SIGCHLD, &before, nullptr);
  return is_shown;
}

bool start_detached(const std::vector<std::string>& words) {
  // Nobody waits for the child, and the system reaps it once it has ended.
  ::signal(SIGCHLD, SIG_IGN);
  return spawn(words).has_value();
}

std::uint64_t process_id() {
  return static_cast<std::uint64_t>(::getpid());
}

std::optional<std::uint64_t> raise_open_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::nullopt;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur;
}

std::optional<std::uint64_t> address_space_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
  return limit.rlim_cur;
}

std::uint64_t memory_limit() {
  std::uint64_t least = std::numeric_limits<std::uint64_t>::max();
  const long pages = ::sysconf(_SC_PHYS_PAGES), page = ::sysconf(_SC_PAGESIZE);
  if (pages > 0 && page > 0) {
    least = static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page);
  }
  for (const auto resource : {RLIMIT_AS, RLIMIT_DATA}) {
    rlimit limit{};
    if (::getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
      least = std::min<std::uint64_t>(least, limit.rlim_cur);
    }
  }
  return std::min(least, container_memory().value_or(least));
}

ProcessUsage process_usage() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return {.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime),
          .resident_bytes = resident_bytes()};
}

}  // namespace hss::platform
