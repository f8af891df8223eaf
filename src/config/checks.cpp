#include "config/checks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "api/http/base_path.h"
#include "api/http/host.h"
#include "api/http/origin.h"
#include "config/listen_host.h"
#include "config/secret_setting.h"
#include "config/token_secrets.h"
#include "config/uploads.h"
#include "domain/validation/text.h"
#include "outgoing/url.h"
#include "platform/environment.h"
#include "platform/paths.h"
#include "platform/terminal.h"
#include "transport/http/trusted_proxies.h"

namespace hss {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> find_variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

std::string listen_host(const std::string& option, const std::string& text) {
  return checked(option, [&] { return parse_listen_host(text); });
}

/// Parses `HOST:PORT`, with an IPv6 host in brackets.
Address parse_address(const char* option, const std::string& text) {
  const auto colon = text.rfind(':');
  Address address;
  const std::string host = text.substr(0, colon);
  const std::string port = colon == text.npos ? "" : text.substr(colon + 1);
  const auto read = std::from_chars(port.data(), port.data() + port.size(), address.port);
  const bool is_port = read.ec == std::errc() && read.ptr == port.data() + port.size() &&
                       address.port >= 0 && address.port <= 65535;
  if (host.empty() || !is_port) {
    throw CLI::ValidationError(option, text + " is no host and port; write 127.0.0.1:9081");
  }
  address.host = listen_host(option, host);
  return address;
}

void check_auth(Config& config, const GivenOptions& given) {
  const bool is_demo = config.command == Config::Command::demo;
  if (is_demo && given.auth == "accounts") {
    throw CLI::ValidationError("--auth", "the demo has no accounts; serve has");
  }
  if (is_demo && !is_loopback(config.host) && given.auth != "demo") {
    throw CLI::ValidationError(
        "--host", config.host +
                      " can be reached from the network, where anyone could act as staff; say "
                      "--auth demo if that is what you want");
  }
  const bool needs_accounts =
      !is_loopback(config.host) || config.command == Config::Command::desktop;
  const bool has_accounts =
      !is_demo && (given.auth.empty() ? needs_accounts : given.auth == "accounts");
  config.auth = has_accounts ? Config::Auth::accounts : Config::Auth::demo;
  config.allowed_origins = given.allowed_origins;
  if (!has_accounts && config.allowed_origins.empty()) {
    // A function has no address of its own, and API Gateway is in front of it.
    const bool is_lambda = config.command == Config::Command::lambda;
    config.allowed_origins = {is_lambda ? "*" : std::string(api::AllowedOrigins::loopback)};
  }
  config.kiosk_lock_after = std::chrono::seconds(given.kiosk_lock_after);
}

/// True if the route computes or publishes its answer and stores nothing.
bool keeps_nothing(std::string_view route) {
  constexpr std::array<std::string_view, 5> places{"/health", "/api/v1/notifications",
                                                   "/api/v1/catalog", "/api/v1/quotes",
                                                   "/api/v1/openapi.json"};
  return std::find(places.begin(), places.end(), route) != places.end();
}

void check_lambda(Config& config, const GivenOptions& given) {
  if (given.auth.empty()) {
    throw CLI::ValidationError(
        "HSS_AUTH",
        "on Lambda, say who may act: demo lets everybody do everything whom the API Gateway lets "
        "through, and accounts asks for passwords");
  }
  const bool in_memory = config.is_in_memory();
  if (!in_memory && !given.allow_sqlite) {
    throw CLI::ValidationError(
        "--db",
        "every instance of a Lambda function has a disk of its own, which goes with it, so " +
            config.db +
            " would not last; only on an EFS volume and with a reserved concurrency of 1 does it, "
            "and then say HSS_LAMBDA_ALLOW_SQLITE=1");
  }
  if (in_memory && given.auth == "accounts") {
    throw CLI::ValidationError("HSS_AUTH",
                               "accounts need a database that lasts, and this function has none");
  }
  auto& routes = config.lambda_routes;
  if (routes.empty() && in_memory) routes = {"/health", "/api/v1/notifications"};
  if (routes.empty()) routes = {"/"};
  for (const std::string& route : routes) {
    if (!route.starts_with('/')) {
      throw CLI::ValidationError("HSS_LAMBDA_ROUTES",
                                 route + " is no path; write /health,/api/v1/notifications");
    }
    if (in_memory && !keeps_nothing(route)) {
      throw CLI::ValidationError("HSS_LAMBDA_ROUTES",
                                 route +
                                     " needs a database that lasts, and this function has none; "
                                     "leave it out");
    }
  }
}

}  // namespace

void require_file_name(const std::string& option, const std::string& path) {
  const std::string scheme = domain::to_lower(path.substr(0, path.find(':')));
  const bool is_address = path.size() > scheme.size() &&
                          (scheme == "file" || (scheme.find('/') == scheme.npos &&
                                                path.substr(scheme.size()).starts_with("://")));
  if (!is_address) return;
  throw CLI::ValidationError(option, path +
                                         " is an address and no path; write the path of the file, "
                                         "or :memory:");
}

namespace {

void check_paths(Config& config, GivenOptions& given) {
  const auto expand = [](const std::string& option, std::string& path) {
    path = checked(option, [&] { return expand_home(path); });
  };
  expand("--db", config.db);
  expand("FILE", config.backup_file);
  expand("--tls-cert", given.tls.certificate);
  expand("--tls-key", given.tls.key);
  if (!given.backup_to.empty()) expand("--backup-to", given.backup_to);
  expand("--out", config.certificate.folder);
  require_file_name("--db", config.db);
}

/// The folder of the certificate lies beside the database unless another is given.
void check_certificate(Config& config) {
  if (config.command != Config::Command::renew_certificate) return;
  if (!config.certificate.folder.empty()) return;
  if (config.db.empty() || config.db == ":memory:") {
    throw CLI::ValidationError("--out", "name the folder for the certificate");
  }
  config.certificate.folder =
      (std::filesystem::path(config.db).parent_path() / "certificate").string();
}

/// Parses `90s`, `15m`, `1h` or `7d`.
std::chrono::seconds parse_time(const char* option, const std::string& text) {
  constexpr int max = 1'000'000;
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string unit(read.ptr, text.data() + text.size());
  const int factor = unit == "s"   ? 1
                     : unit == "m" ? 60
                     : unit == "h" ? 3600
                     : unit == "d" ? 86'400
                                   : 0;
  if (read.ec != std::errc() || factor == 0 || number < 1 || number > max) {
    throw CLI::ValidationError(option, text + " is no time; write 30m, 1h or 1d");
  }
  return std::chrono::seconds(number) * factor;
}

/// A server's data are copied by the server's own means.
void check_copies(const Config& config, const GivenOptions& given) {
  if (!config.server) return;
  using Command = Config::Command;
  const char* const option = !given.backup_to.empty()             ? "--backup-to"
                             : config.command == Command::back_up ? "backup"
                             : config.command == Command::restore ? "restore"
                                                                  : nullptr;
  if (option == nullptr) return;
  throw CLI::ValidationError(option,
                             "the data are on a database server, which has snapshots and dumps of"
                             " its own");
}

void check_backups(Config& config, const GivenOptions& given) {
  const bool keeps_data =
      config.command == Config::Command::serve || config.command == Config::Command::desktop;
  if (given.backup_to.empty() || !keeps_data) return;
  if (config.is_in_memory()) {
    throw CLI::ValidationError("--backup-to", "there is nothing to back up in memory");
  }
  config.backups = {.folder = given.backup_to,
                    .every = parse_time("--backup-every", given.backup_every),
                    .keep = given.backup_keep};
}

void check_url(Config& config) {
  const auto reject = [&](const std::string& why) {
    return CLI::ValidationError("URL", config.url + " " + why);
  };
  const auto url = outgoing::parse_url(config.url);
  if (!url) throw reject("is not an address; write http://127.0.0.1:8081");
  if (config.url.find_first_of("?#") != config.url.npos) {
    throw reject("has more than the address of a server; leave out ? and # and what follows");
  }
  config.url = (url->is_https ? "https://" : "http://") + url->authority();
  config.url_path = url->target.substr(0, url->target.find_last_not_of('/') + 1);
}

void check_tls(Config& config, const GivenOptions& given) {
  if (given.tls.certificate.empty() != given.tls.key.empty()) {
    throw CLI::ValidationError("--tls-cert",
                               "a certificate and its key go together; name the "
                               "other file with " +
                                   std::string(given.tls.key.empty() ? "--tls-key" : "--tls-cert"));
  }
  if (!given.tls.key.empty()) config.tls = given.tls;
}

/// The server that the command asks; of `health`, the configured one, if no other is named.
void check_server_url(Config& config) {
  const bool is_health = config.command == Config::Command::check_health;
  if (!is_health && config.command != Config::Command::check) return;
  if (is_health && config.url.empty()) {
    if (config.port == 0) {
      throw CLI::ValidationError("URL", "name the server, as --port 0 leaves its port open");
    }
    config.url = url_of(listen_host("--host", config.host), config.port, config.tls.has_value());
  }
  check_url(config);
  if (config.authorities.empty()) return;
  config.authorities = checked("--ca", [&] { return expand_home(config.authorities); });
}

/// People write a space after the comma in lists.
void trim_lists(Config& config, GivenOptions& given) {
  for (auto* list : {&config.trusted_proxies, &given.allowed_origins, &config.allowed_hosts,
                     &config.lambda_routes}) {
    for (std::string& each : *list) each = std::string(domain::trim(each));
    std::erase(*list, "");
  }
}

/// Checks which origins may call, which names the server answers to, and its base path.
void check_site(Config& config) {
  checked("--allow-origin", [&] { api::AllowedOrigins{config.allowed_origins}; });
  checked("--allow-host", [&] { api::AllowedHosts{config.allowed_hosts}; });
  config.base_path = checked("--base-path", [&] { return api::BasePath(config.base_path).text(); });
}

/// HSS_JWT_SECRET appears in no file, argument or help text. This removes it from the environment,
/// too, which child processes inherit.
void take_token_keys(Config& config, bool are_used, const SecretLookup& secrets) {
  const char* const name = "HSS_JWT_SECRET";
  const std::vector<std::string> parts = split_token_keys(find_variable(name).value_or(""));
  platform::remove_variable(name);
  if (!are_used) return;
  bool has_reference = false;
  for (const std::string& part : parts) {
    if (secrets.is_reference(name, part)) {
      has_reference = true;
      continue;
    }
    checked(name, [&] {
      require_no_reference(part);
      require_token_key(part);
    });
  }
  config.token_keys = parts;
  if (!has_reference) return;
  config.token_key_source = std::make_shared<TokenSecrets>(secrets.service(), parts);
  try {
    config.token_keys = config.token_key_source->load(std::chrono::system_clock::now());
  } catch (const domain::Error& error) {
    throw SecretUnavailable(error.what());
  }
}

/// Checks the variables that sign requests to AWS, as AWS's own tools read them.
void check_aws_variables() {
  for (const std::string& entry : platform::list_variables()) {
    const std::string_view variable = entry;
    const auto sign = variable.find('=');
    if (!variable.starts_with("AWS_") || sign == variable.npos) continue;
    checked(std::string(variable.substr(0, sign)),
            [&] { require_no_reference(variable.substr(sign + 1)); });
  }
}

void check_db(const Config& config, bool may_be_in_memory) {
  const bool needs_db =
      config.command != Config::Command::check && config.command != Config::Command::check_health &&
      config.command != Config::Command::bench && config.command != Config::Command::copy;
  if (needs_db && !config.server && config.db.empty()) {
    throw CLI::ValidationError("--db",
                               "no data folder is known here (HOME is not set); name a file");
  }
  if (!may_be_in_memory && needs_db && config.is_in_memory()) {
    throw CLI::ValidationError("--db", "there is nothing to read in a database in memory");
  }
}

void check_bench(const Config& config) {
  const BenchWords& words = config.bench;
  if (config.command != Config::Command::bench || !words.on_server) return;
  if (!config.server) {
    throw CLI::ValidationError("--server",
                               "DB_ENGINE names no database server; set it and the other DB_*"
                               " variables to one with an empty database");
  }
  if (words.connections.size() > 1) {
    throw CLI::ValidationError("--connections", "write one number together with --server");
  }
  if (config.server->password_source && config.server->password.empty()) {
    throw CLI::ValidationError("--server",
                               "the bench signs in with a password; give one in DB_PASSWORD");
  }
  const bool has_network = std::any_of(words.networks_ms.begin(), words.networks_ms.end(),
                                       [](double ms) { return ms > 0; });
  if (has_network && config.server->uses_tls && !is_loopback(config.server->host)) {
    throw CLI::ValidationError("--network",
                               "the certificate of " + config.server->host +
                                   " is not for this machine, where a network is played; write"
                                   " --network 0");
  }
}

}  // namespace

void check(Config& config, GivenOptions& given, SecretLookup& secrets) {
  const bool is_desktop = config.command == Config::Command::desktop;
  const bool serves = is_desktop || config.command == Config::Command::serve ||
                      config.command == Config::Command::demo;
  const bool is_lambda = config.command == Config::Command::lambda;
  if (config.command == Config::Command::demo) config.db = ":memory:";
  check_paths(config, given);
  trim_lists(config, given);
  if (serves) config.host = listen_host("--host", config.host);
  if (is_lambda) check_lambda(config, given);
  check_db(config, (serves && !is_desktop) || is_lambda);
  check_bench(config);
  check_copies(config, given);
  check_uploads(config, given);
  check_backups(config, given);
  if (config.command == Config::Command::retry_events && config.events.ids.empty() &&
      !config.events.all) {
    throw CLI::ValidationError("ID", "say which events, or --all");
  }
  check_auth(config, given);
  check_site(config);
  take_token_keys(config, serves || is_lambda || config.command == Config::Command::rotate_key,
                  secrets);
  if ((serves || is_lambda) && config.message_bus == "sns") check_aws_variables();
  if (serves && !is_loopback(config.host) && config.auth == Config::Auth::demo) {
    config.warnings.push_back("demo mode on " + config.host +
                              ": there are no passwords, and anyone who reaches this address "
                              "can act as staff and administrator");
  }
  check_certificate(config);
  check_tls(config, given);
  check_server_url(config);
  if (!given.metrics.empty()) config.metrics = parse_address("--metrics-address", given.metrics);
  const bool human = given.log_format.empty()
                         ? platform::is_terminal(platform::StandardStream::error)
                         : given.log_format == "human";
  config.log_format = human ? LogFormat::human : LogFormat::json;
  config.open_browser =
      serves &&
      (given.is_open_said ? given.open : is_desktop || platform::is_started_from_desktop());
  if (is_desktop) {
    config.ends_after = given.ends_after == "never" ? std::chrono::seconds(0)
                                                    : parse_time("--end-after", given.ends_after);
  }
}

}  // namespace hss
