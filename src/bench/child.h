#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace hss::bench {

/// A server in a process of its own, so that what it costs is told apart from the load. It ends
/// with this object, or with this process. Made while this process has one thread.
class Child {
 public:
  /// `serve` runs in the child, tells the port on which it listens, and serves until it is killed.
  explicit Child(
      const std::function<void(const std::function<void(int port)>& publish_port)>& serve);
  /// This executable with other words and none of this environment, up to the line that says where
  /// it listens. Its log goes to the end of `log_file`.
  Child(const std::vector<std::string>& words, const std::string& log_file);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  int port() const { return port_; }
  /// Processor time since its start.
  double cpu_seconds() const;
  /// Memory that it has now, and the most that it ever had, in bytes.
  std::size_t memory() const;
  std::size_t peak_memory() const;
  std::size_t threads() const;

 private:
  std::size_t status(const std::string& name) const;

  pid_t pid_ = -1;
  int port_ = 0;
};

/// Runs that in a process of its own and waits for its end. Throws std::runtime_error where it
/// failed, having said why on standard error. Called while this process has one thread.
void run_apart(const std::function<void()>& work);
/// The same for what gives a number.
double measure_apart(const std::function<double()>& work);

}  // namespace hss::bench
