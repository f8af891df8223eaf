#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "config/secret_service.h"

namespace hss {

/// A secret that a setting refers to could not be had. what() names the setting, the reference and
/// what the service said.
class SecretUnavailable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Looks up the settings whose whole value says where a secret lies: all of them within ten seconds
/// from the first. Used by one thread.
class SecretLookup {
 public:
  /// Without a service, no value is a reference.
  explicit SecretLookup(std::shared_ptr<SecretService> service);

  /// Throws CLI::ValidationError that names the setting if `value` looks like a reference and names
  /// nothing.
  bool is_reference(const std::string& setting, const std::string& value) const;

  /// What lies there, or `value` itself if it is no reference. Throws SecretUnavailable.
  std::string resolve(const std::string& setting, const std::string& value);

  /// The sentence of an error, `setting: …`, unless it has a value that was looked up in it: then
  /// one without.
  std::string without_secrets(const std::string& sentence) const;

  /// True if anything was looked up.
  bool has_secrets() const { return !found_.empty(); }

  const std::shared_ptr<SecretService>& service() const { return service_; }

 private:
  struct Found {
    std::string reference, value;
  };

  const std::shared_ptr<SecretService> service_;
  std::optional<SecretService::Deadline> deadline_;
  std::vector<Found> found_;
};

}  // namespace hss
