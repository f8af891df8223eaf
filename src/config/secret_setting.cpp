#include "config/secret_setting.h"

#include <algorithm>
#include <array>

#include "auth/token.h"
#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss {
namespace {

using domain::Error;
using domain::ErrorCode;

constexpr std::array<std::string_view, 4> prefixes{
    "aws-sm:", "aws-ssm:", "aws-rds-iam:", "{{resolve:"};

/// The form in which a task definition of ECS names a secret.
bool is_secret_arn(const std::string& value) {
  return value.starts_with("arn:") &&
         (value.find(":secretsmanager:") != value.npos || value.find(":ssm:") != value.npos);
}

}  // namespace

void require_no_reference(std::string_view value) {
  const std::string text = domain::to_lower(domain::trim(value));
  const auto prefix = std::find_if(prefixes.begin(), prefixes.end(),
                                   [&](std::string_view each) { return text.starts_with(each); });
  if (prefix == prefixes.end() && !is_secret_arn(text)) return;
  throw Error(ErrorCode::validation_error,
              "the value says where a secret lies (" +
                  std::string(prefix == prefixes.end() ? "arn:" : *prefix) +
                  "…), which this hss does not look up here; give the secret itself");
}

std::vector<std::string> split_token_keys(std::string_view text) {
  std::vector<std::string> parts;
  for (std::string_view rest = text; !rest.empty();) {
    const auto comma = std::min(rest.find(','), rest.size());
    parts.emplace_back(domain::trim(rest.substr(0, comma)));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return parts;
}

void require_token_key(std::string_view key) {
  if (key.size() >= auth::TokenSigner::min_key_length) return;
  throw Error(ErrorCode::validation_error,
              "a key needs at least 32 characters, without the space around it; make one with "
              "openssl rand -hex 32 (several, the newest first, are separated by commas)");
}

}  // namespace hss
