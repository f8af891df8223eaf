#include "app/token_key_refresher.h"

#include <string>
#include <utility>

#include "domain/error.h"

namespace hss::app {

TokenKeyRefresher::TokenKeyRefresher(AccountsMode& accounts, Report report,
                                     std::chrono::milliseconds interval)
    : accounts_(accounts),
      report_(std::move(report)),
      interval_(interval),
      thread_([this] { run(); }) {}

TokenKeyRefresher::~TokenKeyRefresher() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ends_.notify_one();
  thread_.join();
}

void TokenKeyRefresher::run() {
  std::unique_lock lock(mutex_);
  while (!ends_.wait_for(lock, interval_, [this] { return stopping_; })) {
    lock.unlock();
    refresh();
    lock.lock();
  }
}

void TokenKeyRefresher::refresh() {
  try {
    accounts_.reload_keys();
  } catch (const domain::Error& error) {
    report_(std::string(error.what()) + ". The previous token keys stay in use.");
  }
}

}  // namespace hss::app
