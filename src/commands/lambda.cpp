#include <signal.h>
#include <unistd.h>

#include <exception>
#include <memory>
#include <thread>

#include "commands/commands.h"
#include "commands/lambda_function.h"
#include "commands/signals.h"
#include "log.h"
#include "transport/lambda_runtime.h"

namespace hss::commands {
namespace {

/// Who hears of events; none where no message bus is set up.
std::unique_ptr<domain::Publisher> open_publisher(const Config&) {
  return nullptr;
}

int serve_lambda(const Config& config, const Signals& signals) {
  Log log(config.log_format);
  for (const std::string& warning : config.warnings) log.warning(warning);
  const auto report = [&log](const std::string& text) { log.failure(text); };
  LambdaFunction function(config, open_publisher(config), report);
  transport::LambdaRuntime runtime(
      function.router(),
      {.runtime_api = config.runtime_api,
       .before_answer = [&function](auto deadline) { function.publish_due(deadline); },
       .log = [&log](const transport::Access& access) { log.access(access); },
       .report = report});
  std::thread waiting([&] {
    signals.wait_for_end([] {});
    runtime.stop();
  });
  const bool stopped = runtime.serve();
  if (!stopped) ::kill(::getpid(), SIGTERM);
  waiting.join();
  return stopped ? 0 : 1;
}

}  // namespace

int lambda(const Config& config) {
  const Signals signals;
  try {
    return serve_lambda(config, signals);
  } catch (const std::exception& failure) {
    transport::report_start_failure(config.runtime_api, failure.what());
    throw;
  }
}

}  // namespace hss::commands
