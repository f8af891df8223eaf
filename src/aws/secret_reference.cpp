#include "aws/secret_reference.h"

#include <algorithm>
#include <vector>

#include "domain/error.h"

namespace hss::aws {
namespace {

using Service = SecretReference::Service;

constexpr std::string_view secret_prefix = "aws-sm:", parameter_prefix = "aws-ssm:";
/// Of an ARN, `arn:aws:secretsmanager:eu-west-1:123456789012:secret:name`.
constexpr std::size_t service_part = 2, region_part = 3, secret_parts = 7, parameter_parts = 6;

[[noreturn]] void fail(std::string_view text, const std::string& why) {
  throw domain::Error(domain::ErrorCode::validation_error, std::string(text) + " " + why);
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts{""};
  for (const char c : text) {
    if (c == ':') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string join(const std::vector<std::string>& parts, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ":") + parts[i];
  return text;
}

/// The ARN's service; empty if it is no ARN of a place for secrets.
std::optional<Service> find_service(const std::vector<std::string>& arn) {
  if (arn.size() < parameter_parts || arn[0] != "arn") return std::nullopt;
  if (arn[service_part] == "secretsmanager") return Service::secrets_manager;
  if (arn[service_part] == "ssm") return Service::parameter_store;
  return std::nullopt;
}

/// A host's name is made of it.
void require_region(std::string_view text, const std::string& region) {
  const bool is_region = !region.empty() && std::all_of(region.begin(), region.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (!is_region) fail(text, "names no region");
}

void take_arn(SecretReference& reference, const std::vector<std::string>& arn) {
  reference.region = arn[region_part];
  require_region(reference.text, reference.region);
  if (reference.service == Service::parameter_store) return;
  if (arn.size() < secret_parts || arn[5] != "secret" || arn.size() > secret_parts + 3) {
    fail(reference.text,
         "is not the ARN of a secret, with :json-key:stage:version behind it or without");
  }
  reference.id = join(arn, secret_parts);
  std::string* const more[] = {&reference.json_key, &reference.stage, &reference.version};
  for (std::size_t i = secret_parts; i < arn.size(); ++i) *more[i - secret_parts] = arn[i];
}

}  // namespace

bool SecretReference::follows_current() const {
  if (service == Service::secrets_manager) return stage.empty() && version.empty();
  return split(id).size() == (region.empty() ? 1 : parameter_parts);
}

std::optional<SecretReference> parse_secret_reference(std::string_view text) {
  SecretReference reference{.text = std::string(text)};
  std::string_view rest = text;
  bool is_named = true;
  if (rest.starts_with(secret_prefix)) {
    rest.remove_prefix(secret_prefix.size());
  } else if (rest.starts_with(parameter_prefix)) {
    rest.remove_prefix(parameter_prefix.size());
    reference.service = Service::parameter_store;
  } else {
    is_named = false;
  }
  std::string json_key;
  if (reference.service == Service::secrets_manager && is_named) {
    const auto sign = std::min(rest.find('#'), rest.size());
    if (sign + 1 == rest.size()) fail(text, "has # and no key of the secret's JSON behind it");
    if (sign < rest.size()) json_key = rest.substr(sign + 1);
    rest = rest.substr(0, sign);
  }
  const std::vector<std::string> parts = split(rest);
  const auto service = find_service(parts);
  if (!is_named && !service) return std::nullopt;
  if (rest.empty()) fail(text, "names no secret");
  if (service && is_named && *service != reference.service) {
    fail(text,
         "is the ARN of the other service; write aws-sm: before one of Secrets Manager, and"
         " aws-ssm: before one of Systems Manager");
  }
  reference.id = rest;
  if (service) {
    reference.service = *service;
    take_arn(reference, parts);
  }
  if (!json_key.empty() && !reference.json_key.empty()) {
    fail(text, "names a key of the secret's JSON twice");
  }
  if (!json_key.empty()) reference.json_key = json_key;
  return reference;
}

}  // namespace hss::aws
