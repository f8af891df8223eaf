#include "aws/secrets.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <thread>
#include <utility>

#include "aws/endpoint.h"
#include "aws/error_code.h"
#include "aws/xml.h"
#include "domain/error.h"

namespace hss::aws {
namespace {

using nlohmann::json;
using Service = SecretReference::Service;

constexpr int max_tries = 3;
constexpr std::chrono::milliseconds first_pause{200};
constexpr std::chrono::seconds rds_token_lifetime{900};

/// Codes after which other credentials might help.
constexpr std::array<std::string_view, 5> secret_credential_errors{
    "UnrecognizedClientException", "ExpiredTokenException", "InvalidSignatureException",
    "InvalidClientTokenId", "SignatureDoesNotMatch"};
constexpr std::array<std::string_view, 2> secret_right_errors{"AccessDeniedException",
                                                              "AccessDenied"};
constexpr std::array<std::string_view, 3> absences{"ResourceNotFoundException", "ParameterNotFound",
                                                   "ParameterVersionNotFound"};
constexpr std::array<std::string_view, 5> passing_errors{
    "ThrottlingException", "TooManyRequestsException", "InternalServiceError",
    "InternalServerError", "ServiceUnavailable"};

const char* name_of(Service service) {
  return service == Service::secrets_manager ? "Secrets Manager" : "Systems Manager";
}

[[noreturn]] void fail(const SecretReference& reference, const std::string& why) {
  throw domain::Error(domain::ErrorCode::unavailable, reference.text + ": " + why);
}

/// The error's code, in JSON as AWS answers or in XML as stand-ins and proxies do.
std::string code_of(const outgoing::OutgoingResponse& response) {
  const json body = json::parse(response.body, nullptr, false);
  std::string code;
  if (body.is_object() && body.contains("__type") && body["__type"].is_string()) {
    code = body["__type"].get<std::string>();
  } else if (std::string header = response.header("x-amzn-ErrorType"); !header.empty()) {
    code = header.substr(0, header.find(':'));
  } else {
    code = text_of(response.body, "Code");
  }
  code = code.substr(code.find('#') + 1, 80);
  const bool is_plain = std::all_of(code.begin(), code.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
  });
  return is_plain ? code : "";
}

std::string sentence_for(const SecretReference& reference, int status, const std::string& code) {
  std::string sentence = std::string(name_of(reference.service)) + " answered " +
                         std::to_string(status) + (code.empty() ? "" : " " + code);
  if (is_any_of(code, secret_credential_errors)) {
    sentence += "; check the credentials and this machine's clock";
  } else if (is_any_of(code, secret_right_errors)) {
    sentence += reference.service == Service::secrets_manager
                    ? "; these credentials need the right secretsmanager:GetSecretValue on it"
                    : "; these credentials need the right ssm:GetParameter on it";
  } else if (is_any_of(code, absences)) {
    sentence += "; there is no such secret in that region, or no such version of it";
  }
  return sentence;
}

/// The member `key` of a secret in JSON, as text.
std::string member_of(const SecretReference& reference, const std::string& text) {
  const json secret = json::parse(text, nullptr, false);
  if (!secret.is_object()) fail(reference, "the secret is no JSON object, so it has no keys");
  const auto found = secret.find(reference.json_key);
  if (found == secret.end()) fail(reference, "the secret has no key " + reference.json_key);
  if (found->is_string()) return found->get<std::string>();
  if (found->is_number() || found->is_boolean()) return found->dump();
  fail(reference, "what lies at the key " + reference.json_key + " is no text");
}

std::string value_of(const SecretReference& reference, const std::string& text) {
  std::string value = reference.json_key.empty() ? text : member_of(reference, text);
  while (value.ends_with('\n') || value.ends_with('\r')) value.pop_back();
  if (value.empty()) fail(reference, "the secret is empty");
  if (value.find('\0') != value.npos) fail(reference, "the secret is no text");
  return value;
}

/// The region in the name of an RDS host, `db.x1.eu-west-1.rds.amazonaws.com`, or empty.
std::string region_of_rds_host(const std::string& host) {
  const auto end = host.find(".rds.amazonaws.com");
  if (end == host.npos || end == 0) return "";
  const auto dot = host.rfind('.', end - 1);
  return dot == host.npos ? "" : host.substr(dot + 1, end - dot - 1);
}

}  // namespace

Secrets::Secrets(Variables variables, domain::Clock now, outgoing::ClientOptions client)
    : variables_(std::move(variables)),
      now_(std::move(now)),
      client_(std::move(client)),
      credentials_(variables_, now_) {}

std::string Secrets::get(const SecretReference& reference, Deadline deadline) {
  try {
    const Version found = read_patiently(reference, reference.id, reference.stage, deadline);
    return value_of(reference, found.text);
  } catch (const Failure& failure) {
    fail(reference, failure.sentence);
  }
}

std::optional<std::string> Secrets::find_previous(const SecretReference& reference,
                                                  std::chrono::seconds age, Deadline deadline) {
  if (!reference.follows_current()) return std::nullopt;
  const bool is_parameter = reference.service == Service::parameter_store;
  try {
    const Version current = read_patiently(reference, reference.id, "", deadline);
    const auto now = std::chrono::duration<double>(now_().time_since_epoch()).count();
    if (now - current.since > static_cast<double>(age.count())) return std::nullopt;
    if (is_parameter && (current.number.empty() || current.number == "1")) return std::nullopt;
    const std::string id = is_parameter
                               ? reference.id + ":" + std::to_string(std::stoll(current.number) - 1)
                               : reference.id;
    const Version previous =
        read_patiently(reference, id, is_parameter ? "" : "AWSPREVIOUS", deadline);
    return value_of(reference, previous.text);
  } catch (const Failure& failure) {
    if (is_any_of(failure.code, absences) || is_any_of(failure.code, secret_right_errors)) {
      return std::nullopt;
    }
    fail(reference, failure.sentence);
  }
}

std::string Secrets::make_rds_token(const std::string& host, int port, const std::string& user,
                                    Deadline deadline) {
  std::string region = region_of_rds_host(host);
  if (region.empty()) region = find_region(variables_);
  if (region.empty()) {
    throw domain::Error(domain::ErrorCode::unavailable,
                        "aws-rds-iam: needs the database's region; set AWS_REGION");
  }
  const std::string authority = host + ":" + std::to_string(port);
  const Signable request{.method = "GET",
                         .path = "/",
                         .query = {{"Action", "connect"}, {"DBUser", user}},
                         .headers = {{"Host", authority}},
                         .body = ""};
  return authority + presign(request, credentials_.get(deadline),
                             {.region = region, .service = "rds-db"}, now_(), rds_token_lifetime);
}

Secrets::Version Secrets::read_patiently(const SecretReference& reference, const std::string& id,
                                         const std::string& stage, Deadline deadline) {
  auto pause = first_pause;
  for (int tries = 1;; ++tries, pause *= 3) {
    try {
      return read(reference, id, stage, deadline);
    } catch (const Failure& failure) {
      const bool has_time = std::chrono::steady_clock::now() + pause < deadline;
      if (!failure.may_pass || tries == max_tries || !has_time) throw;
    }
    std::this_thread::sleep_for(pause);
  }
}

Secrets::Version Secrets::read(const SecretReference& reference, const std::string& id,
                               const std::string& stage, Deadline deadline) {
  const bool is_secret = reference.service == Service::secrets_manager;
  json asked = is_secret ? json{{"SecretId", id}} : json{{"Name", id}, {"WithDecryption", true}};
  if (!stage.empty()) asked["VersionStage"] = stage;
  if (!reference.version.empty()) asked["VersionId"] = reference.version;
  const std::string body =
      call(reference, is_secret ? "secretsmanager.GetSecretValue" : "AmazonSSM.GetParameter",
           asked.dump(), deadline);
  const json answer = json::parse(body, nullptr, false);
  const json& found = !is_secret && answer.is_object() && answer.contains("Parameter")
                          ? answer["Parameter"]
                          : answer;
  const char* const member = is_secret ? "SecretString" : "Value";
  if (!found.is_object() || !found.contains(member) || !found[member].is_string()) {
    throw Failure{
        .code = "",
        .sentence = found.is_object() && found.contains("SecretBinary")
                        ? "the secret is no text"
                        : std::string("what answered is not ") + name_of(reference.service)};
  }
  Version version{.text = found[member].get<std::string>()};
  const char* const since = is_secret ? "CreatedDate" : "LastModifiedDate";
  if (found.contains(since) && found[since].is_number()) version.since = found[since].get<double>();
  if (found.contains("Version") && found["Version"].is_number_integer()) {
    version.number = found["Version"].dump();
  }
  return version;
}

std::string Secrets::call(const SecretReference& reference, const std::string& action,
                          const std::string& body, Deadline deadline) {
  const bool is_secret = reference.service == Service::secrets_manager;
  const std::string service = is_secret ? "secretsmanager" : "ssm";
  const std::string region = reference.region.empty() ? find_region(variables_) : reference.region;
  if (region.empty()) fail(reference, "the region is not known; set AWS_REGION");
  const outgoing::Url endpoint =
      service_endpoint(service, is_secret ? "SECRETS_MANAGER" : "SSM", region, variables_);
  const Signable request{.method = "POST",
                         .path = endpoint.target,
                         .headers = {{"Host", endpoint.authority()},
                                     {"Content-Type", "application/x-amz-json-1.1"},
                                     {"X-Amz-Target", action}},
                         .body = body};
  Pairs added;
  try {
    added =
        sign(request, credentials_.get(deadline), {.region = region, .service = service}, now_());
  } catch (const domain::Error& error) {
    throw Failure{.code = "", .sentence = error.what(), .may_pass = true};
  }
  outgoing::OutgoingRequest outgoing{
      .method = "POST", .target = request.path, .body = body, .deadline = deadline};
  outgoing.headers.assign(request.headers.begin() + 1, request.headers.end());
  outgoing.headers.insert(outgoing.headers.end(), added.begin(), added.end());
  outgoing::Client client(endpoint, client_);
  const outgoing::OutgoingResult result = client.send(outgoing);
  if (!result.response) throw Failure{.code = "", .sentence = result.sentence, .may_pass = true};
  if (result.response->status == 200) return result.response->body;
  const std::string code = code_of(*result.response);
  const bool has_old_credentials = is_any_of(code, secret_credential_errors);
  if (has_old_credentials) credentials_.forget();
  throw Failure{.code = code,
                .sentence = sentence_for(reference, result.response->status, code),
                .may_pass = result.response->status >= 500 || has_old_credentials ||
                            is_any_of(code, passing_errors)};
}

}  // namespace hss::aws
