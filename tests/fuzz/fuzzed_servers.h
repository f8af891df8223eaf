// Backends without a socket, in both modes, with sample data to ask for.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "api/http/request.h"
#include "api/http/response.h"
#include "domain/error.h"

namespace hss::fuzz {

/// The user of a request; an input names it by a digit.
enum class Who {
  demo_customer,
  demo_staff,
  demo_admin,
  nobody,
  customer,
  staff,
  admin,
  kiosk,     ///< a kiosk that nobody has unlocked
  on_kiosk,  ///< staff who have unlocked it
};
Who who_of(char digit);

/// One backend for each mode. Its own data is the same in every run.
class FuzzedServers {
 public:
  FuzzedServers();
  ~FuzzedServers();

  /// Runs an input. Data that inputs changed is recreated only after many of them, as that takes as
  /// long as many inputs; an input that fails runs again on its own, and reports if it fails only
  /// after others.
  void run(const std::function<void()>& input);

  /// Sends the request as `who`, with names of existing data in place of these braces: {booking},
  /// {approved}, {paid}, {webhook}, {account} and {link}. Throws if the answer breaks what the API
  /// promises of every answer.
  api::Response send(Who who, api::Request request);

  /// Sends the request unchanged to the backend in demo mode.
  api::Response send(api::Request& request);

  /// For a request that never was complete.
  api::Response reject(api::Request& request, const domain::Error& error);

 private:
  class Demo;
  class WithAccounts;

  void forget_spent();
  Demo& demo();
  WithAccounts& with_accounts();

  std::unique_ptr<Demo> demo_;
  std::unique_ptr<WithAccounts> with_accounts_;
};

}  // namespace hss::fuzz
