#include "desktop/business.h"

#include <exception>
#include <filesystem>
#include <utility>

#include "config/listen_host.h"
#include "desktop/port.h"
#include "domain/error.h"

namespace hss::desktop {
namespace {

using domain::Error;
using domain::ErrorCode;

/// In demo mode, which HSS_AUTH may ask for, nobody signs in.
bool is_set_up(const Config& config, domain::Store& store) {
  return config.auth == Config::Auth::demo ||
         store.read([](domain::Reader& reader) { return reader.accounts().has_administrator(); });
}

/// Thrown while the data are looked at: nobody can sign in to them yet.
struct NotSetUp {};

}  // namespace

Business::Business(Config config, Log& log, transport::ConnectionLimits limits,
                   std::function<void(const transport::Access&)> on_access)
    : config_(std::move(config)),
      log_(log),
      limits_(std::move(limits)),
      on_access_(std::move(on_access)) {}

Business::~Business() {
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return state_ != State::starting; });
    if (server_) server_->stop();
  }
  if (thread_.joinable()) thread_.join();
}

void Business::start_if_set_up() {
  std::error_code unknown;
  if (config_.server || std::filesystem::exists(config_.db, unknown)) start(true);
}

std::string Business::open() {
  start(false);
  std::shared_ptr<app::Server> server;
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return state_ != State::starting; });
    if (state_ == State::failed) throw Error(ErrorCode::unavailable, problem_);
    server = server_;
  }
  // It was only looked at, as somebody else had asked first.
  if (!server) return open();
  if (server->accounts() == nullptr) return server->url();
  const auto link = server->accounts()->make_first_link(server->url());
  return link.address.empty() ? server->url() : link.address;
}

void Business::give_up(const std::string& why) {
  const std::lock_guard lock(mutex_);
  has_given_up_ = true;
  state_ = State::failed;
  problem_ = why;
}

void Business::start(bool must_be_set_up) {
  const std::lock_guard lock(mutex_);
  if (has_given_up_ || state_ == State::starting || state_ == State::running) return;
  if (thread_.joinable()) thread_.join();
  state_ = State::starting;
  problem_.clear();
  thread_ = std::thread([this, must_be_set_up] { run(must_be_set_up); });
}

void Business::run(bool must_be_set_up) {
  const auto become = [this](State state, std::shared_ptr<app::Server> server,
                             const std::string& problem) {
    const std::lock_guard lock(mutex_);
    state_ = state;
    server_ = std::move(server);
    problem_ = problem;
    changed_.notify_all();
  };
  try {
    const std::shared_ptr<app::Server> server = make_server(must_be_set_up);
    become(State::running, server, "");
    log_.info("the business is at " + server->url() + " (data: " + config_.place().text() + ")");
    server->serve();
  } catch (const NotSetUp&) {
    become(State::absent, nullptr, "");
  } catch (const std::exception& failure) {
    log_.failure(std::string("the business cannot be opened: ") + failure.what());
    become(State::failed, nullptr, failure.what());
  }
}

std::unique_ptr<app::Server> Business::make_server(bool must_be_set_up) {
  Config config = config_;
  config.port = choose_port(config.host, config.port);
  {
    const std::lock_guard lock(mutex_);
    taken_port_ = config.port == config_.port ? 0 : config_.port;
  }
  return std::make_unique<app::Server>(
      config, log_,
      app::ServerOptions{.limits = limits_,
                         .prepare =
                             [this, must_be_set_up](domain::Store& store) {
                               if (must_be_set_up && !is_set_up(config_, store)) {
                                 throw NotSetUp{};
                               }
                             },
                         .on_access = on_access_});
}

std::shared_ptr<app::Server> Business::running() const {
  const std::lock_guard lock(mutex_);
  return server_;
}

BusinessStatus Business::status() const {
  const auto server = running();
  BusinessStatus business{.place = config_.place().text(),
                          .is_on_network = !is_loopback(config_.host)};
  if (server) {
    business.url = server->url();
    business.is_set_up = is_set_up(config_, server->store());
  }
  const std::lock_guard lock(mutex_);
  business.state = state_;
  business.problem = problem_;
  business.taken_port = state_ == State::running ? taken_port_ : 0;
  return business;
}

bool Business::has_work() {
  const auto server = running();
  return server && server->has_work();
}

void Business::reload() {
  if (const auto server = running()) server->reload();
}

}  // namespace hss::desktop
