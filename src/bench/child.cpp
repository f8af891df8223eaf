#include "bench/child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <stdexcept>

#include "bench/interruption.h"

namespace hss::bench {
namespace {

/// Does not return in the child.
pid_t start(const std::function<void()>& work) {
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) throw std::runtime_error("no process can be started for the server under test");
  if (pid > 0) return pid;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  try {
    work();
    ::_exit(0);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "hss bench: %s\n", failure.what());
  }
  ::_exit(1);
}

/// Reads the port from the line that names it.
int read_port(int from) {
  std::string text;
  std::array<char, 256> buffer;
  while (text.find('\n') == text.npos) {
    const auto size = ::read(from, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) {
      require_no_interruption();
      continue;
    }
    if (size <= 0) throw std::runtime_error("the server under test does not start");
    text.append(buffer.data(), static_cast<std::size_t>(size));
  }
  const std::string host = "127.0.0.1:";
  const auto at = text.find(host);
  if (at == text.npos) throw std::runtime_error("the server under test said: " + text);
  return std::atoi(text.c_str() + at + host.size());
}

int end_of(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

/// As exec wants them.
std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

struct Pipe {
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      throw std::runtime_error("no more files can be opened here (see ulimit -n)");
    }
  }
  ~Pipe() {
    for (const int end : ends) ::close(end);
  }
  void close_writing() {
    ::close(ends[1]);
    ends[1] = -1;
  }
  std::array<int, 2> ends{};
};

}  // namespace

Child::Child(const std::function<void(const std::function<void(int)>&)>& serve) {
  Pipe pipe;
  pid_ = start([&] {
    serve([&](int port) {
      const std::string line = "127.0.0.1:" + std::to_string(port) + "\n";
      if (::write(pipe.ends[1], line.data(), line.size()) < 0) ::_exit(1);
    });
  });
  pipe.close_writing();
  port_ = read_port(pipe.ends[0]);
}

Child::Child(const std::vector<std::string>& words, const std::string& log_file,
             const std::vector<std::string>& environment) {
  Pipe pipe;
  pid_ = start([&] {
    ::dup2(pipe.ends[1], STDOUT_FILENO);
    ::dup2(::open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
    ::dup2(::open(log_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600),
           STDERR_FILENO);
    std::vector<std::string> copies = words, variables = environment;
    copies.insert(copies.begin(), "hss");
    ::execve("/proc/self/exe", pointers_to(copies).data(), pointers_to(variables).data());
    ::_exit(1);
  });
  pipe.close_writing();
  port_ = read_port(pipe.ends[0]);
}

Child::~Child() {
  ::kill(pid_, SIGKILL);
  end_of(pid_);
}

double Child::cpu_seconds() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  // Skips the name in brackets, which may contain anything; reads the 12th and 13th fields after
  // it.
  unsigned long user = 0, system = 0;
  std::sscanf(text.c_str() + text.rfind(')') + 1,
              " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system);
  return static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::size_t Child::status(const std::string& name) const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(name + ":")) return std::stoul(line.substr(name.size() + 1));
  }
  return 0;
}

std::size_t Child::memory() const {
  return status("VmRSS") * 1024;
}

std::size_t Child::peak_memory() const {
  return status("VmHWM") * 1024;
}

std::size_t Child::threads() const {
  return status("Threads");
}

void run_apart(const std::function<void()>& work) {
  const int status = end_of(start(work));
  require_no_interruption();
  if (status != 0) throw std::runtime_error("a part of the bench failed");
}

double measure_apart(const std::function<double()>& work) {
  Pipe pipe;
  run_apart([&] {
    const double number = work();
    if (::write(pipe.ends[1], &number, sizeof number) != sizeof number) ::_exit(1);
  });
  double number = 0;
  if (::read(pipe.ends[0], &number, sizeof number) != sizeof number) {
    throw std::runtime_error("a part of the bench gave no figure");
  }
  return number;
}

}  // namespace hss::bench
