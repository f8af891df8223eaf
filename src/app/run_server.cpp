#include "app/run_server.h"

#include <thread>

#include "app/server.h"
#include "app/system_limits.h"
#include "config/version.h"
#include "log/line_queue.h"
#include "log/log.h"
#include "platform/output.h"
#include "platform/process.h"
#include "platform/stop_request.h"

namespace hss::app {
namespace {

void print_first_link(AccountsMode& accounts, const std::string& url,
                      const std::function<void(const std::string&)>& print) {
  const auto link = accounts.make_first_link(url);
  if (!link.address.empty()) {
    print(
        "There is no administrator yet. To create the first one, open this link within 15 "
        "minutes:\n" +
        link.address);
  } else if (!link.waits_until.empty()) {
    print(
        "There is no administrator yet. The link for the first one was printed by the instance "
        "that "
        "made it, and holds until " +
        link.waits_until + "; hss user add makes one without it");
  }
}

}  // namespace

int run_server(const Config& config, const std::function<void(domain::Store&)>& prepare) {
  platform::StopRequest stop(hangup_of(config));
  const transport::ConnectionLimits limits = fit_connection_limits();
  Log log(config.log_format);
  LineQueue output(platform::Output(platform::StandardStream::output), {});
  for (const std::string& warning : config.warnings) log.warning(warning);

  Server server(config, log, {.limits = limits, .prepare = prepare});
  const auto print = [&output](const std::string& line) { output.push(line + "\n", true); };
  print("HSS " + std::string(version) + " is at " + server.url() +
        "  (data: " + config.place().text() + "; stop with Ctrl+C)");
  if (server.accounts()) print_first_link(*server.accounts(), server.url(), print);
  if (config.open_browser && !platform::open_browser(server.url())) {
    log.warning(std::string(platform::browser_opener) + " cannot be started; open " + server.url() +
                " in a browser");
  }
  std::thread waiting([&] {
    stop.wait([&server] { server.reload(); }, reloaded_files(config));
    server.stop();
  });
  server.serve();
  waiting.join();
  return 0;
}

}  // namespace hss::app
