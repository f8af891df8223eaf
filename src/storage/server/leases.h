#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "domain/events/lease.h"
#include "storage/server/run_on_server.h"

namespace hss::storage {

/// The leases that this instance asks for, in the columns leader and lease_until of the targets. A
/// lease lasts 15 s by the server's clock and is renewed every 5 s; one that has ended or was given
/// back is acquired within a second. Its statements are transactions by themselves and do not lock
/// `head`, so that they move no revision. Thread-safe.
class Leases {
 public:
  explicit Leases(RunOnServer run);
  /// The leases end before it.
  ~Leases();
  Leases(const Leases&) = delete;
  Leases& operator=(const Leases&) = delete;

  /// Implements domain::Store::ask_for_lease().
  std::unique_ptr<domain::Lease> ask_for(std::string target, std::function<void()> acquired);

 private:
  class Wanted;

  void run();
  void update();

  const RunOnServer run_;
  std::mutex mutex_;
  std::condition_variable wakes_;
  std::vector<Wanted*> wanted_;
  bool has_new_ = false;
  bool is_away_ = false;  ///< the server, when it was last used
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hss::storage
