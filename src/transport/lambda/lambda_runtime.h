#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "api/http/router.h"
#include "transport/http/access.h"

namespace hss::transport {

struct LambdaOptions {
  std::string runtime_api;  ///< host:port, as Lambda says it in AWS_LAMBDA_RUNTIME_API
  /// Runs after a request was handled and before it is answered, as Lambda may freeze the process
  /// from then on. The answer must be ready by the deadline, which the request had, too: a second
  /// before Lambda ends the function. Throws nothing.
  std::function<void(std::chrono::steady_clock::time_point deadline)> before_answer = [](auto) {};
  std::function<void(const Access&)> log = [](const Access&) {};
  /// Logs a failure between Lambda and us.
  std::function<void(const std::string&)> report = [](const std::string&) {};
};

/// The router behind AWS Lambda, as a custom runtime: takes one request after the other from the
/// Runtime API (2018-06-01). A request that is none is answered 400.
class LambdaRuntime {
 public:
  /// `router` outlives it.
  LambdaRuntime(const api::Router& router, LambdaOptions options);
  ~LambdaRuntime();

  /// Serves until stop(). Returns true if it was stopped, and false if the Runtime API cannot be
  /// used.
  bool serve();

  /// Makes serve() return once the request under way is answered. Called from any thread.
  void stop();

 private:
  class Session;
  std::unique_ptr<Session> session_;
};

/// Reports to Lambda why the program cannot start, as far as Lambda can be reached.
void report_start_failure(const std::string& runtime_api, const std::string& why);

}  // namespace hss::transport
