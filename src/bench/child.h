#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace hss::bench {

/// A server in a process of its own, so that its cost is measured apart from the load's. It ends
/// with this object, or with this process. Created while this process has one thread.
class Child {
 public:
  /// `serve` runs in the child, reports the port on which it listens, and serves until it is
  /// killed.
  explicit Child(
      const std::function<void(const std::function<void(int port)>& publish_port)>& serve);
  /// Runs this executable with other arguments and with nothing in its environment but those lines
  /// (NAME=value), and waits for the line with its address. Appends its log to `log_file`.
  Child(const std::vector<std::string>& words, const std::string& log_file,
        const std::vector<std::string>& environment = {});
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  int port() const { return port_; }
  /// Processor time since the child's start.
  double cpu_seconds() const;
  /// Memory in use now, and its peak, in bytes.
  std::size_t memory() const;
  std::size_t peak_memory() const;
  std::size_t threads() const;

 private:
  std::size_t status(const std::string& name) const;

  pid_t pid_ = -1;
  int port_ = 0;
};

/// Runs the function in a process of its own and waits for its end. Throws std::runtime_error if it
/// failed, after printing why on standard error. Called while this process has one thread.
void run_apart(const std::function<void()>& work);
/// The same for a function that returns a number.
double measure_apart(const std::function<double()>& work);

}  // namespace hss::bench
