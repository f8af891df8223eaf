#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "app/accounts_mode.h"

namespace hss::app {

/// Loads the token keys again every five minutes, from a service that cannot say when they change.
class TokenKeyRefresher {
 public:
  using Report = std::function<void(const std::string&)>;

  /// `accounts` outlives it, and may reload its keys.
  TokenKeyRefresher(AccountsMode& accounts, Report report,
                    std::chrono::milliseconds interval = std::chrono::minutes(5));
  /// Waits for the service, if it is asked.
  ~TokenKeyRefresher();
  TokenKeyRefresher(const TokenKeyRefresher&) = delete;
  TokenKeyRefresher& operator=(const TokenKeyRefresher&) = delete;

 private:
  void run();
  void refresh();

  AccountsMode& accounts_;
  const Report report_;
  const std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable ends_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hss::app
