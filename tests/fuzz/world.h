// Backends without a socket, in both modes, with something in them to be asked for.
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

/// Who asks; an input says it by a digit.
enum class Who {
  demo_customer,
  demo_staff,
  demo_admin,
  nobody,
  customer,
  staff,
  admin,
  kiosk,     ///< a shared one that nobody has unlocked
  on_kiosk,  ///< staff who have
};
Who who_of(char digit);

/// One backend for each mode. All that it holds by itself is the same in every run.
class FuzzedServers {
 public:
  FuzzedServers();
  ~FuzzedServers();

  /// Runs an input. What some of them changed is made anew before the next, as making it takes as
  /// long as many inputs; what fails is run again on its own, and says where it fails only after
  /// others.
  void broadcaster(const std::function<void()>& input);

  /// Sends the request in the name of `who`, with names of what is there filled in wherever they
  /// stand in braces: {booking}, {approved}, {paid}, {webhook}, {account} and {link}. Throws where
  /// the answer breaks what the API promises of every answer.
  api::Response send(Who who, api::Request request);

  /// The request as it is, to the backend in demo mode.
  api::Response send(api::Request& request);

  /// For a request that never was whole.
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
