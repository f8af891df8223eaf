#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hss::aws {

/// Where a secret lies.
struct SecretReference {
  enum class Service { secrets_manager, parameter_store };

  std::string text;  ///< as it was given
  Service service = Service::secrets_manager;
  std::string id;        ///< a name or an ARN; a parameter's with its `:version` or `:label`
  std::string region;    ///< the ARN's; empty if the id is a name
  std::string json_key;  ///< of the secret's JSON; empty: the whole secret
  std::string stage;     ///< Secrets Manager's; empty: the current one
  std::string version;   ///< Secrets Manager's

  /// False if it names one version, which never changes.
  bool follows_current() const;
};

/// Parses `aws-sm:NAME-or-ARN[#json-key]` and `aws-ssm:/path[:version|:label]`. An ARN may have
/// the parts that ECS's `valueFrom` has behind it, `:json-key:stage:version`, and may stand without
/// `aws-sm:` and `aws-ssm:`. Empty for other text. Throws domain::Error{validation_error} with a
/// sentence if nothing can be found with it.
std::optional<SecretReference> parse_secret_reference(std::string_view text);

}  // namespace hss::aws
