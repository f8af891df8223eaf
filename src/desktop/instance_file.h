#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "domain/reference.h"

namespace hss::desktop {

/// An HSS that was started from the desktop and runs. Other processes of this user find it by a
/// file beside its database.
struct Instance {
  int port = 0;  ///< of the start page, on loopback
  std::uint64_t process = 0;
  std::string secret;  ///< to know it by, and to be let in
};

/// Reads the file. Empty if there is none, or what is there tells of no instance.
std::optional<Instance> read_instance(const std::string& path);

/// This process's instance file, removed at the end unless another process has replaced it. Only
/// this user may read it.
class InstanceFile {
 public:
  enum class Claim {
    done,
    taken,      ///< another instance has written its own
    impossible  ///< the folder cannot be written; nobody finds this instance
  };

  explicit InstanceFile(std::string path) : path_(std::move(path)) {}
  ~InstanceFile();
  InstanceFile(const InstanceFile&) = delete;
  InstanceFile& operator=(const InstanceFile&) = delete;

  /// Writes it, in one step and never over another's. Makes the folder if there is none.
  Claim claim(const Instance& instance);

 private:
  const std::string path_;
  std::string secret_;  ///< empty: not written
};

/// Removes the file of an instance that does not run any more, and leaves what another process has
/// written there meanwhile. `secret`: of the instance that was found in it; empty: it told of none.
void remove_stale_instance(const std::string& path, const std::string& secret);

}  // namespace hss::desktop
