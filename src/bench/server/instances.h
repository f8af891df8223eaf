#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "bench/child.h"
#include "storage/server_address.h"

namespace hss::bench {

/// Several processes of the executable under test, in demo mode, on the same data.
class Instances {
 public:
  /// On a database server. Their logs are appended to `log_file`. Throws std::runtime_error.
  Instances(const storage::ServerAddress& server, std::size_t count, const std::string& log_file);
  /// One on a file, `folder`/`name`.db.
  Instances(const std::string& folder, const std::string& name);

  /// Never empty.
  const std::vector<int>& ports() const { return ports_; }
  /// Processor time of them all.
  double cpu_seconds() const;

 private:
  std::vector<std::unique_ptr<Child>> children_;
  std::vector<int> ports_;
};

}  // namespace hss::bench
