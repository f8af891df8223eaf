#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include "api/accounts_fixture.h"
#include "crypto/digest.h"
#include "storage/contract/backend.h"
#include "storage/contract/server.h"

namespace hss::test {

/// The stores of two instances, on one database.
class Instances {
 public:
  Backend here{each_engine_with_shared_data()};

 private:
  const std::unique_ptr<domain::Store> owned_ = here.open_another();

 public:
  domain::Store& there = *owned_;
};

/// The configuration of instances that share an empty database.
inline Config shared_config(const TempFolder& folder) {
  Config config = AccountsApi::config_of("");
  config.server = place_on_server(folder.file("")).server;
  return config;
}

/// The whole API of two instances, on one database. Heartbeats do not come during a test.
class InstancesApi {
 public:
  explicit InstancesApi(bool has_shared_keys = true) : has_shared_keys_(has_shared_keys) {}

 private:
  Config config() const {
    Config config = shared_config(folder_);
    if (!has_shared_keys_) config.token_keys.clear();
    return config;
  }

  static constexpr std::chrono::hours never{1};
  const TempFolder folder_;
  const bool has_shared_keys_;

 public:
  AccountsApi here{config(), crypto::fill_random, api::routes(), never};
  AccountsApi there{config(), crypto::fill_random, api::routes(), never};
};

inline void wait_until(const std::function<bool()>& is_so) {
  while (!is_so()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

}  // namespace hss::test
