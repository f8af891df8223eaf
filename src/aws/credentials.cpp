#include "aws/credentials.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>

#include "domain/error.h"
#include "platform/ip_address.h"

namespace hss::aws {
namespace {

using std::chrono::seconds;

/// New credentials are requested this long before the old ones expire; callers wait for them only
/// in the last part.
constexpr seconds renewed_before_end{300};
constexpr seconds needed_before_end{60};
/// The pause between two tries while the old ones are valid: a source that is down takes seconds to
/// fail.
constexpr seconds rest_after_failure{30};

[[noreturn]] void fail(const std::string& sentence) {
  throw domain::Error(domain::ErrorCode::unavailable, sentence);
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const auto first = text.find_first_not_of(blank);
  if (first == text.npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(blank) - first + 1));
}

using Section = std::map<std::string, std::string>;

/// The section of a file in the format of AWS's tools; empty if there is none, or no file.
Section read_section(const std::string& path, const std::string& name) {
  std::ifstream file(path);
  Section section;
  bool is_in_it = false;
  for (std::string line; std::getline(file, line);) {
    const std::string text = trimmed(line);
    if (text.empty() || text.front() == '#' || text.front() == ';') continue;
    if (text.front() == '[') {
      is_in_it = trimmed(text.substr(1, text.find(']') - 1)) == name;
      continue;
    }
    const auto sign = text.find('=');
    // An indented line belongs to the setting above it.
    if (!is_in_it || sign == text.npos || line.front() == ' ' || line.front() == '\t') continue;
    section[trimmed(text.substr(0, sign))] = trimmed(text.substr(sign + 1));
  }
  return section;
}

std::optional<Credentials> credentials_of(const Section& section) {
  const auto find = [&](const char* name) {
    const auto found = section.find(name);
    return found == section.end() ? "" : found->second;
  };
  Credentials credentials{.access_key_id = find("aws_access_key_id"),
                          .secret_access_key = find("aws_secret_access_key"),
                          .session_token = find("aws_session_token")};
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty()) {
    return std::nullopt;
  }
  return credentials;
}

/// Parses RFC 3339 in UTC, in whole seconds or fractions.
std::optional<domain::Instant> find_instant(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (!text.ends_with('Z') || std::sscanf(text.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d", &year, &month,
                                          &day, &hour, &minute, &second) != 6) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         seconds(second);
}

Credentials parse_credentials(const std::string& source, const std::string& body) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  const auto find = [&](const char* name) {
    const bool is_text = json.is_object() && json.contains(name) && json[name].is_string();
    return is_text ? json[name].get<std::string>() : "";
  };
  Credentials credentials{.access_key_id = find("AccessKeyId"),
                          .secret_access_key = find("SecretAccessKey"),
                          .session_token = find("Token")};
  const std::string end = find("Expiration");
  credentials.expires_at = find_instant(end);
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty() ||
      (!end.empty() && !credentials.expires_at)) {
    fail(source + " gave something else than credentials");
  }
  return credentials;
}

/// True for 127.0.0.0/8, ::1 and the name `localhost`.
bool is_this_machine(const std::string& host) {
  if (const auto v4 = platform::find_ipv4(host)) return platform::is_loopback(*v4);
  if (const auto v6 = platform::find_ipv6(host)) return platform::is_loopback(*v6);
  return host == "localhost";
}

/// True if a secret may be sent there: over plain HTTP only to this machine and to AWS's own
/// addresses for this.
bool may_be_asked(const outgoing::Url& url) {
  return url.is_https || is_this_machine(url.host) || url.host == "169.254.170.2" ||
         url.host == "169.254.170.23" || url.host == "fd00:ec2::23";
}

}  // namespace

std::string variable_of_process(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

CredentialChain::CredentialChain(Variables variables, domain::Clock now)
    : variables_(std::move(variables)), now_(std::move(now)) {}

Credentials CredentialChain::get(Deadline deadline) {
  if (auto found = find_in_environment()) return *found;
  if (auto found = find_in_files()) return *found;
  const std::lock_guard lock(mutex_);
  if (cached_ && is_fresh(*cached_, renewed_before_end)) return *cached_;
  const bool holds = cached_ && is_fresh(*cached_, needed_before_end);
  if (holds && now_() < next_try_at_) return *cached_;
  try {
    auto found = find_in_container(deadline);
    cached_ = found ? std::move(*found) : ask_instance(deadline);
  } catch (const domain::Error&) {
    // The source may answer next time; until then the old credentials are still valid.
    if (!holds) throw;
    next_try_at_ = now_() + rest_after_failure;
  }
  return *cached_;
}

void CredentialChain::forget() {
  const std::lock_guard lock(mutex_);
  cached_.reset();
}

void CredentialChain::stop() {
  const std::lock_guard lock(client_mutex_);
  is_stopped_ = true;
  if (client_ != nullptr) client_->stop();
}

bool CredentialChain::is_fresh(const Credentials& credentials, seconds margin) const {
  return !credentials.expires_at || *credentials.expires_at - now_() > margin;
}

std::optional<Credentials> CredentialChain::find_in_environment() const {
  Credentials credentials{.access_key_id = variables_("AWS_ACCESS_KEY_ID"),
                          .secret_access_key = variables_("AWS_SECRET_ACCESS_KEY"),
                          .session_token = variables_("AWS_SESSION_TOKEN")};
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty()) {
    return std::nullopt;
  }
  return credentials;
}

std::optional<Credentials> CredentialChain::find_in_files() const {
  const std::string home = variables_("HOME");
  const auto path = [&](const char* variable, const char* file) {
    const std::string named = variables_(variable);
    return named.empty() && !home.empty() ? home + "/.aws/" + file : named;
  };
  const std::string named = variables_("AWS_PROFILE");
  const std::string profile = named.empty() ? "default" : named;
  if (auto found = credentials_of(
          read_section(path("AWS_SHARED_CREDENTIALS_FILE", "credentials"), profile))) {
    return found;
  }
  const std::string section = profile == "default" ? profile : "profile " + profile;
  if (auto found = credentials_of(read_section(path("AWS_CONFIG_FILE", "config"), section))) {
    return found;
  }
  if (!named.empty()) {
    fail("The AWS profile " + named + " has no access key in the shared credentials file");
  }
  return std::nullopt;
}

std::optional<Credentials> CredentialChain::find_in_container(Deadline deadline) {
  const std::string source = "The container's credentials endpoint";
  const std::string relative = variables_("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
  const std::string full = variables_("AWS_CONTAINER_CREDENTIALS_FULL_URI");
  if (relative.empty() && full.empty()) return std::nullopt;
  const auto url = outgoing::parse_url(relative.empty() ? full : "http://169.254.170.2" + relative);
  if (!url || !may_be_asked(*url)) {
    fail(source + " must be an https address, or one of this machine");
  }
  outgoing::OutgoingRequest request{.target = url->target, .deadline = deadline};
  std::string token = variables_("AWS_CONTAINER_AUTHORIZATION_TOKEN");
  if (const std::string path = variables_("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
      !path.empty()) {
    std::ifstream file(path);
    token = trimmed(std::string(std::istreambuf_iterator<char>(file), {}));
    if (token.empty()) fail("There is no token in " + path + " for the container's credentials");
  }
  if (!token.empty()) request.headers.emplace_back("Authorization", token);
  const auto response = ask(source, *url, request);
  return parse_credentials(source, response.body);
}

Credentials CredentialChain::ask_instance(Deadline deadline) {
  const std::string source = "The instance's metadata service";
  const std::string nowhere =
      "There are no AWS credentials: not in the environment, not in the shared credentials file";
  std::string disabled = variables_("AWS_EC2_METADATA_DISABLED");
  if (disabled == "true" || disabled == "TRUE" || disabled == "True") fail(nowhere);
  std::string endpoint = variables_("AWS_EC2_METADATA_SERVICE_ENDPOINT");
  if (endpoint.empty()) endpoint = "http://169.254.169.254";
  const auto url = outgoing::parse_url(endpoint);
  if (!url || url->target != "/") fail(source + " must be an http address without a path");
  const std::string roles = "/latest/meta-data/iam/security-credentials/";
  try {
    const auto token = ask(source, *url,
                           {.method = "PUT",
                            .target = "/latest/api/token",
                            .headers = {{"X-aws-ec2-metadata-token-ttl-seconds", "300"}},
                            .deadline = deadline});
    const outgoing::OutgoingHeaders headers{{"X-aws-ec2-metadata-token", trimmed(token.body)}};
    const std::string list =
        ask(source, *url, {.target = roles, .headers = headers, .deadline = deadline}).body;
    const std::string role = trimmed(list.substr(0, list.find('\n')));
    const auto response =
        ask(source, *url, {.target = roles + role, .headers = headers, .deadline = deadline});
    return parse_credentials(source, response.body);
  } catch (const domain::Error& error) {
    fail(nowhere + ", and not from the machine (" + error.what() + ")");
  }
}

outgoing::OutgoingResponse CredentialChain::ask(const std::string& source, const outgoing::Url& url,
                                                const outgoing::OutgoingRequest& request) {
  outgoing::Client client(
      url, {.connect_timeout = seconds(1), .answer_timeout = seconds(2), .max_answer = 64 * 1024});
  {
    const std::lock_guard lock(client_mutex_);
    if (is_stopped_) fail("The program stops");
    client_ = &client;
  }
  auto result = client.send(request);
  {
    const std::lock_guard lock(client_mutex_);
    client_ = nullptr;
  }
  if (!result.response) fail(result.sentence);
  if (result.response->status != 200) {
    fail(source + " answered " + std::to_string(result.response->status));
  }
  return std::move(*result.response);
}

}  // namespace hss::aws
