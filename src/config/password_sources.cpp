#include "config/password_sources.h"

#include <chrono>
#include <mutex>
#include <utility>

namespace hss {
namespace {

using std::chrono::steady_clock;

/// Whoever signs in waits for it, and others wait for that one.
constexpr std::chrono::seconds max_wait{5};
constexpr std::chrono::seconds between_lookups{10};

class SecretPassword final : public storage::PasswordSource {
 public:
  SecretPassword(std::shared_ptr<SecretService> service, std::string reference,
                 std::string password)
      : service_(std::move(service)),
        reference_(std::move(reference)),
        password_(std::move(password)) {}

  std::string get() override {
    const std::lock_guard lock(mutex_);
    return password_;
  }

  bool renew(const std::string& rejected) override {
    const std::lock_guard lock(mutex_);
    // Another connection has looked it up meanwhile.
    if (password_ != rejected) return true;
    const auto now = steady_clock::now();
    if (now < next_lookup_) return false;
    next_lookup_ = now + between_lookups;
    password_ = service_->get(reference_, now + max_wait);
    return password_ != rejected;
  }

 private:
  const std::shared_ptr<SecretService> service_;
  const std::string reference_;
  std::mutex mutex_;
  std::string password_;
  steady_clock::time_point next_lookup_{};
};

class RdsTokens final : public storage::PasswordSource {
 public:
  RdsTokens(std::shared_ptr<SecretService> service, const storage::ServerAddress& server)
      : service_(std::move(service)), host_(server.host), port_(server.port), user_(server.user) {}

  std::string get() override {
    return service_->make_rds_token(host_, port_, user_, steady_clock::now() + max_wait);
  }
  bool renew(const std::string&) override { return false; }

 private:
  const std::shared_ptr<SecretService> service_;
  const std::string host_;
  const int port_;
  const std::string user_;
};

}  // namespace

std::shared_ptr<storage::PasswordSource> follow_secret(std::shared_ptr<SecretService> service,
                                                       const std::string& reference,
                                                       const std::string& password) {
  return std::make_shared<SecretPassword>(std::move(service), reference, password);
}

std::shared_ptr<storage::PasswordSource> make_rds_tokens(std::shared_ptr<SecretService> service,
                                                         const storage::ServerAddress& server) {
  return std::make_shared<RdsTokens>(std::move(service), server);
}

}  // namespace hss
