#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/server.h"
#include "config/config.h"
#include "log/log.h"

namespace hss::desktop {

enum class BusinessState {
  absent,    ///< its data are made, or get an administrator, once somebody opens it
  starting,  ///< it may take a while to bring data of an earlier version up
  running,
  failed  ///< opening it is tried again when somebody asks for it
};

struct BusinessStatus {
  BusinessState state = BusinessState::absent;
  std::string place;           ///< where its data are, for people
  std::string url;             ///< if it runs, with a slash at the end
  std::string problem;         ///< if it failed: a sentence
  int taken_port = 0;          ///< where it should be, but another program is; 0: nowhere
  bool is_on_network = false;  ///< other machines reach it
  bool is_set_up = false;      ///< it runs, and people can sign in, or need not
};

/// The server of this machine's own business, with accounts, which runs in a thread of this process
/// once somebody asks for it. Thread-safe.
class Business {
 public:
  /// The log outlives it. `on_access` as app::ServerOptions has it.
  Business(Config config, Log& log, transport::ConnectionLimits limits,
           std::function<void(const transport::Access&)> on_access);
  /// Ends it, once it has started if that is under way.
  ~Business();
  Business(const Business&) = delete;
  Business& operator=(const Business&) = delete;

  /// Starts it if its data are set up already, and returns at once.
  void start_if_set_up();
  /// Starts it if it does not run. Returns the page to open once it runs: the one-time link of the
  /// first administrator, or its first page. Throws Error{unavailable}.
  std::string open();
  /// Says that the settings are wrong, so that it cannot start; `why` is a sentence.
  void give_up(const std::string& why);

  BusinessStatus status() const;
  /// As app::Server has it; false if it does not run.
  bool has_work();
  /// As app::Server has it.
  void reload();

 private:
  using State = BusinessState;

  void start(bool must_be_set_up);
  void run(bool must_be_set_up);
  std::unique_ptr<app::Server> make_server(bool must_be_set_up);
  std::shared_ptr<app::Server> running() const;

  const Config config_;
  Log& log_;
  const transport::ConnectionLimits limits_;
  const std::function<void(const transport::Access&)> on_access_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  State state_ = State::absent;
  bool has_given_up_ = false;
  std::string problem_;
  int taken_port_ = 0;
  std::shared_ptr<app::Server> server_;  ///< if it runs
  std::thread thread_;
};

}  // namespace hss::desktop
