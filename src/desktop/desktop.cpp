#include "desktop/desktop.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "app/server.h"
#include "app/system_limits.h"
#include "auth/secret.h"
#include "config/version.h"
#include "crypto/digest.h"
#include "desktop/business.h"
#include "desktop/idle_watch.h"
#include "desktop/instance_file.h"
#include "desktop/log_file.h"
#include "desktop/port.h"
#include "desktop/running_instance.h"
#include "desktop/start_page.h"
#include "desktop/tab_tokens.h"
#include "domain/error.h"
#include "log/line_queue.h"
#include "log/log.h"
#include "platform/output.h"
#include "platform/paths.h"
#include "platform/process.h"
#include "platform/stop_request.h"
#include "platform/terminal.h"
#include "samples/season.h"

namespace hss::desktop {
namespace {

using std::chrono::steady_clock;

/// The pause between two looks at who uses the program, and at the log's size.
constexpr std::chrono::seconds look_every{15};
/// A browser that was started has opened the page within this time.
constexpr std::chrono::seconds page_deadline{20};

/// The database's path with that at its end; where the data are on a server, that of the default
/// database. Empty if there is none.
std::string path_beside(const Config& config, const char* suffix) {
  const std::string db = config.server ? default_db() : config.db;
  return db.empty() ? db : db + suffix;
}

std::string instance_path(const Config& config) {
  return path_beside(config, ".running");
}

/// Empty if somebody reads a terminal.
std::string log_path(const Config& config) {
  return platform::is_terminal(platform::StandardStream::error) ? "" : path_beside(config, ".log");
}

/// The start page is the demo's server, with a few routes more.
Config demo_of(const Config& config) {
  Config demo;
  demo.command = Config::Command::demo;
  demo.port = choose_port(demo.host, config.port == 0 ? 0 : config.port + 1);
  demo.db = demo.uploads = ":memory:";
  demo.log_format = config.log_format;
  return demo;
}

transport::ConnectionLimits limits_of_demo() {
  transport::ConnectionLimits limits;
  limits.workers = 8;
  limits.max_connections = 256;
  return limits;
}

/// Shows a window without waiting for the person, who may be away.
void show_later(const std::string& text) {
  std::thread([text] { platform::show_message("HSS", text); }).detach();
}

std::string no_browser(const std::string& link) {
  return "HSS runs, but no browser has opened its page. Open this address in a browser on this "
         "computer, within ten minutes:\n\n" +
         link;
}

/// One HSS that was started from the desktop, from its start to its end.
class Session {
 public:
  Session(const Config& config, const std::string& problem, platform::StopRequest& stop_request)
      : config_(config),
        problem_(problem),
        stop_request_(stop_request),
        limits_(app::fit_connection_limits()),
        log_file_(log_path(config)),
        log_(config.log_format),
        idle_(steady_clock::now, config.ends_after),
        tokens_(steady_clock::now, crypto::fill_random),
        business_(config, log_, limits_, note_access()),
        secret_(auth::new_secret(crypto::fill_random).text),
        page_({.secret = secret_, .problem = problem, .log_file = log_file_.path()}, tokens_,
              business_, [this] { stop_request_.request(); }),
        start_server_(demo_of(config), log_,
                      {.limits = limits_of_demo(),
                       .prepare =
                           [](domain::Store& store) {
                             samples::fill_season(store, std::chrono::system_clock::now());
                           },
                       .on_access = note_access(),
                       .answer_first =
                           [this](const api::Request& request) { return page_.answer(request); }}),
        instance_file_(instance_path(config)) {
    for (const std::string& warning : config.warnings) log_.warning(warning);
  }

  /// Tells other processes of this instance. Returns the link of the one that they know, if another
  /// was faster.
  std::optional<std::string> claim() {
    const Instance own{
        .port = start_server_.port(), .process = platform::process_id(), .secret = secret_};
    constexpr int max_tries = 5;
    for (int tries = 0; tries < max_tries; ++tries) {
      if (instance_file_.claim(own) != InstanceFile::Claim::taken) break;
      const auto other = read_instance(instance_path(config_));
      if (other) {
        if (const auto link = request_start_link(*other)) return link;
      }
      remove_stale_instance(instance_path(config_), other ? other->secret : "");
    }
    return std::nullopt;
  }

  void serve() {
    std::thread serving([this] { start_server_.serve(); });
    LineQueue output(platform::Output(platform::StandardStream::output), {});
    output.push("HSS " + std::string(version) + "'s start page is at http://127.0.0.1:" +
                    std::to_string(start_server_.port()) + "/start\n",
                true);
    // Before the business makes files: start_detached() says why.
    open_page();
    if (problem_.empty()) {
      business_.start_if_set_up();
    } else {
      business_.give_up(problem_);
    }
    std::thread watching([this] { watch(); });
    stop_request_.wait([this] { business_.reload(); }, app::reloaded_files(config_));
    {
      const std::lock_guard lock(mutex_);
      is_ending_ = true;
      ends_.notify_all();
    }
    watching.join();
    start_server_.stop();
    serving.join();
  }

 private:
  std::function<void(const transport::Access&)> note_access() {
    return [this](const transport::Access& access) { idle_.note_request(access.remote_address); };
  }

  /// Looks from time to time whether the page was opened, and whether anybody uses the program.
  void watch() {
    bool may_be_unseen = true;
    const auto opened = steady_clock::now();
    std::unique_lock lock(mutex_);
    while (!is_ending_) {
      lock.unlock();
      if (start_server_.has_work() || has_work_of_business()) idle_.note_work();
      log_file_.rotate();
      if (may_be_unseen && tokens_.has_tab()) may_be_unseen = false;
      if (may_be_unseen && steady_clock::now() - opened >= page_deadline) {
        may_be_unseen = false;
        if (config_.open_browser) show_later(no_browser(new_link()));
      }
      const auto left = idle_.time_left();
      if (left && left->count() == 0) {
        log_.info("HSS ends, as nobody has used it for a while");
        return stop_request_.request();
      }
      lock.lock();
      ends_.wait_for(lock, pause(left, may_be_unseen), [this] { return is_ending_; });
    }
  }

  static steady_clock::duration pause(const std::optional<steady_clock::duration>& left,
                                      bool may_be_unseen) {
    constexpr std::chrono::seconds short_pause{1};
    const steady_clock::duration longest = may_be_unseen ? short_pause : look_every;
    return left ? std::clamp<steady_clock::duration>(*left, std::chrono::milliseconds(50), longest)
                : longest;
  }

  bool has_work_of_business() {
    try {
      return business_.has_work();
    } catch (const std::exception&) {
      // Its data cannot be read now, and so it is not known.
      return true;
    }
  }

  std::string new_link() { return start_link(start_server_.port(), tokens_.make_code()); }

  void open_page() {
    if (!config_.open_browser) return;
    const std::string link = new_link();
    if (!platform::open_browser(link)) show_later(no_browser(link));
  }

  const Config config_;
  const std::string problem_;
  platform::StopRequest& stop_request_;
  const transport::ConnectionLimits limits_;
  LogFile log_file_;
  Log log_;
  IdleWatch idle_;
  TabTokens tokens_;
  Business business_;
  const std::string secret_;
  StartPage page_;
  app::Server start_server_;
  InstanceFile instance_file_;
  std::mutex mutex_;
  std::condition_variable ends_;
  bool is_ending_ = false;
};

/// Several that start at once choose the same port, which then only one gets.
std::unique_ptr<Session> open_session(const Config& config, const std::string& problem,
                                      platform::StopRequest& stop_request) {
  constexpr int max_tries = 5;
  for (int tries = 1;; ++tries) {
    try {
      return std::make_unique<Session>(config, problem, stop_request);
    } catch (const domain::Error&) {
      if (tries == max_tries) throw;
    }
  }
}

void open_page_of_other(const Config& config, const std::string& link) {
  if (config.open_browser && !platform::open_browser(link)) {
    platform::show_message("HSS", no_browser(link));
  }
}

}  // namespace

int run(const Config& config, const std::string& problem) {
  try {
    platform::close_own_console();
    platform::StopRequest stop_request(app::hangup_of(config));
    if (const auto running = read_instance(instance_path(config))) {
      if (const auto link = request_start_link(*running)) {
        open_page_of_other(config, *link);
        return 0;
      }
    }
    const auto session = open_session(config, problem, stop_request);
    if (const auto link = session->claim()) {
      open_page_of_other(config, *link);
      return 0;
    }
    session->serve();
    return 0;
  } catch (const std::exception& failure) {
    platform::show_message("HSS", std::string("HSS cannot start. ") + failure.what());
    throw;
  }
}

}  // namespace hss::desktop
