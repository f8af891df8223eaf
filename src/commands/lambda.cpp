#include <chrono>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "app/lambda_function.h"
#include "app/publishers.h"
#include "commands/commands.h"
#include "domain/error.h"
#include "log/log.h"
#include "platform/stop_request.h"
#include "transport/lambda/lambda_runtime.h"

namespace hss::commands {
namespace {

/// host:port of Lambda's Runtime API; empty if the program does not run there.
std::string find_runtime_api() {
  const char* address = std::getenv("AWS_LAMBDA_RUNTIME_API");
  return address == nullptr ? "" : address;
}

std::string get_runtime_api() {
  std::string address = find_runtime_api();
  if (!address.empty()) return address;
  throw domain::Error(domain::ErrorCode::unavailable,
                      "this command runs inside AWS Lambda, which sets AWS_LAMBDA_RUNTIME_API; "
                      "on your own machine, use hss serve");
}

int serve_lambda(const Config& config, platform::StopRequest& stop,
                 const std::string& runtime_api) {
  Log log(config.log_format, LogTime::at_once);
  const auto warn = [&log](const std::string& text) { log.warning(text); };
  for (const std::string& warning : config.warnings) warn(warning);
  const auto report = [&log](const std::string& text) { log.failure(text); };
  const domain::Clock now = [] { return std::chrono::system_clock::now(); };
  app::LambdaFunction function(config, app::open_publisher(config, now, warn), report);
  transport::LambdaRuntime runtime(
      function.router(),
      {.runtime_api = runtime_api,
       .before_answer = [&function](auto deadline) { function.publish_due(deadline); },
       .log = [&log](const transport::Access& access) { log.access(access); },
       .report = report});
  std::thread waiting([&] {
    stop.wait();
    runtime.stop();
  });
  const bool stopped = runtime.serve();
  if (!stopped) stop.request();
  waiting.join();
  return stopped ? 0 : 1;
}

}  // namespace

int lambda(const Config& config) {
  platform::StopRequest stop;
  const std::string runtime_api = get_runtime_api();
  try {
    return serve_lambda(config, stop, runtime_api);
  } catch (const std::exception& failure) {
    transport::report_start_failure(runtime_api, failure.what());
    throw;
  }
}

void report_lambda_rejection(const std::string& why) {
  const std::string runtime_api = find_runtime_api();
  if (!runtime_api.empty()) transport::report_start_failure(runtime_api, why);
}

}  // namespace hss::commands
