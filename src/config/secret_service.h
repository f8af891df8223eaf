#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace hss {

/// Looks up secrets by what says where they lie. Throws domain::Error{unavailable} with a sentence
/// that names the reference and what the service answered, and has nothing of a secret.
/// Thread-safe.
class SecretService {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  virtual ~SecretService() = default;

  /// Throws domain::Error{validation_error} if `text` looks like a reference and names nothing.
  virtual bool is_reference(const std::string& text) const = 0;
  virtual std::string get(const std::string& reference, Deadline deadline) = 0;
  /// What the present value replaced within `age`, if it may be read.
  virtual std::optional<std::string> find_previous(const std::string& reference,
                                                   std::chrono::seconds age, Deadline deadline) = 0;
  /// A password of some minutes for a database of RDS.
  virtual std::string make_rds_token(const std::string& host, int port, const std::string& user,
                                     Deadline deadline) = 0;
};

/// Null in a build without one.
std::shared_ptr<SecretService> open_secret_service();

/// What `--help` says of it; empty in a build without one.
const char* secret_help();

}  // namespace hss
