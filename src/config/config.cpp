#include "config/config.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>

#include "api/http/base_path.h"
#include "api/http/host.h"
#include "api/http/origin.h"
#include "config/config_file.h"
#include "config/listen_host.h"
#include "config/secret_setting.h"
#include "domain/error.h"
#include "domain/validation/text.h"
#include "log/line_queue.h"
#include "outgoing/url.h"
#include "platform/paths.h"
#include "transport/http/trusted_proxies.h"

namespace hss {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> find_variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

/// After a double-click nobody reads a terminal, and a desktop can show a browser.
bool is_started_from_desktop() {
  const bool has_terminal = ::isatty(STDIN_FILENO) != 0 || ::isatty(STDOUT_FILENO) != 0;
#if defined(__linux__)
  return !has_terminal && (find_variable("DISPLAY") || find_variable("WAYLAND_DISPLAY"));
#else
  return !has_terminal;
#endif
}

/// Values as they were given; empty if not set.
struct Words {
  std::string config_file;
  std::string log_format;
  std::string auth;
  std::vector<std::string> allowed_origins;
  int kiosk_lock_after = 60;  ///< seconds
  transport::TlsFiles tls;
  std::string metrics;
  std::string backup_to, backup_every = "1h";
  int backup_keep = 48;
  bool open = false, is_open_said = false;
  bool allow_sqlite = false;
};

/// Runs a check that throws domain::Error for a value of `option`, and prefixes the sentence with
/// its name.
template <class Check>
auto checked(const std::string& option, const Check& check) {
  try {
    return check();
  } catch (const domain::Error& error) {
    throw CLI::ValidationError(option, error.what());
  }
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

void check_auth(Config& config, const Words& words) {
  const bool is_demo = config.command == Config::Command::demo;
  if (is_demo && words.auth == "accounts") {
    throw CLI::ValidationError("--auth", "the demo has no accounts; serve has");
  }
  if (is_demo && !is_loopback(config.host) && words.auth != "demo") {
    throw CLI::ValidationError(
        "--host", config.host +
                      " can be reached from the network, where anyone could act as staff; say "
                      "--auth demo if that is what you want");
  }
  const bool has_accounts =
      !is_demo && (words.auth.empty() ? !is_loopback(config.host) : words.auth == "accounts");
  config.auth = has_accounts ? Config::Auth::accounts : Config::Auth::demo;
  config.allowed_origins = words.allowed_origins;
  if (!has_accounts && config.allowed_origins.empty()) {
    // A function has no address of its own, and API Gateway is in front of it.
    const bool is_lambda = config.command == Config::Command::lambda;
    config.allowed_origins = {is_lambda ? "*" : std::string(api::AllowedOrigins::loopback)};
  }
  config.kiosk_lock_after = std::chrono::seconds(words.kiosk_lock_after);
}

/// True if the route computes or publishes its answer and stores nothing.
bool keeps_nothing(std::string_view route) {
  constexpr std::array<std::string_view, 5> places{"/health", "/api/v1/notifications",
                                                   "/api/v1/catalog", "/api/v1/quotes",
                                                   "/api/v1/openapi.json"};
  return std::find(places.begin(), places.end(), route) != places.end();
}

void check_lambda(Config& config, const Words& words) {
  if (words.auth.empty()) {
    throw CLI::ValidationError(
        "HSS_AUTH",
        "on Lambda, say who may act: demo lets everybody do everything whom the API Gateway lets "
        "through, and accounts asks for passwords");
  }
  const bool in_memory = config.is_in_memory();
  if (!in_memory && !words.allow_sqlite) {
    throw CLI::ValidationError(
        "--db",
        "every instance of a Lambda function has a disk of its own, which goes with it, so " +
            config.db +
            " would not last; only on an EFS volume and with a reserved concurrency of 1 does it, "
            "and then say HSS_LAMBDA_ALLOW_SQLITE=1");
  }
  if (in_memory && words.auth == "accounts") {
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

/// SQLite takes some names for something other than a file, and would create folders for others.
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

void check_paths(Config& config, Words& words) {
  const auto expand = [](const std::string& option, std::string& path) {
    path = checked(option, [&] { return expand_home(path); });
  };
  expand("--db", config.db);
  expand("FILE", config.backup_file);
  expand("--tls-cert", words.tls.certificate);
  expand("--tls-key", words.tls.key);
  if (!words.backup_to.empty()) expand("--backup-to", words.backup_to);
  require_file_name("--db", config.db);
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

void check_backups(Config& config, const Words& words) {
  if (words.backup_to.empty() || config.command != Config::Command::serve) return;
  if (config.is_in_memory()) {
    throw CLI::ValidationError("--backup-to", "there is nothing to back up in memory");
  }
  config.backups = {.folder = words.backup_to,
                    .every = parse_time("--backup-every", words.backup_every),
                    .keep = words.backup_keep};
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

void check_tls(Config& config, const Words& words) {
  if (words.tls.certificate.empty() != words.tls.key.empty()) {
    throw CLI::ValidationError("--tls-cert",
                               "a certificate and its key go together; name the "
                               "other file with " +
                                   std::string(words.tls.key.empty() ? "--tls-key" : "--tls-cert"));
  }
  if (!words.tls.key.empty()) config.tls = words.tls;
}

/// People write a space after the comma in lists.
void trim_lists(Config& config, Words& words) {
  for (auto* list : {&config.trusted_proxies, &words.allowed_origins, &config.allowed_hosts,
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
void take_token_keys(Config& config, bool are_used) {
  const std::string secret = find_variable("HSS_JWT_SECRET").value_or("");
  ::unsetenv("HSS_JWT_SECRET");
  if (!are_used) return;
  config.token_keys = checked("HSS_JWT_SECRET", [&] { return parse_token_keys(secret); });
}

/// Checks the variables that sign requests to AWS, as AWS's own tools read them.
void check_aws_variables() {
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view variable = *entry;
    const auto sign = variable.find('=');
    if (!variable.starts_with("AWS_") || sign == variable.npos) continue;
    checked(std::string(variable.substr(0, sign)),
            [&] { require_no_reference(variable.substr(sign + 1)); });
  }
}

void check_db(const Config& config, bool may_be_in_memory) {
  const bool needs_db =
      config.command != Config::Command::check && config.command != Config::Command::bench;
  if (needs_db && config.db.empty()) {
    throw CLI::ValidationError("--db",
                               "no data folder is known here (HOME is not set); name a file");
  }
  if (!may_be_in_memory && needs_db && config.is_in_memory()) {
    throw CLI::ValidationError("--db", "there is nothing to read in a database in memory");
  }
}

void check(Config& config, Words& words) {
  const bool serves =
      config.command == Config::Command::serve || config.command == Config::Command::demo;
  const bool is_lambda = config.command == Config::Command::lambda;
  if (config.command == Config::Command::demo) config.db = ":memory:";
  check_paths(config, words);
  trim_lists(config, words);
  if (serves) config.host = listen_host("--host", config.host);
  if (is_lambda) check_lambda(config, words);
  check_db(config, serves || is_lambda);
  check_backups(config, words);
  if (config.command == Config::Command::retry_events && config.events.ids.empty() &&
      !config.events.all) {
    throw CLI::ValidationError("ID", "say which events, or --all");
  }
  if (config.command == Config::Command::check) check_url(config);
  check_auth(config, words);
  check_site(config);
  take_token_keys(config, serves || is_lambda || config.command == Config::Command::rotate_key);
  if ((serves || is_lambda) && config.message_bus == "sns") check_aws_variables();
  if (serves && !is_loopback(config.host) && config.auth == Config::Auth::demo) {
    config.warnings.push_back("demo mode on " + config.host +
                              ": there are no passwords, and anyone who reaches this address "
                              "can act as staff and administrator");
  }
  check_tls(config, words);
  if (!words.metrics.empty()) config.metrics = parse_address("--metrics-address", words.metrics);
  const bool human =
      words.log_format.empty() ? ::isatty(STDERR_FILENO) != 0 : words.log_format == "human";
  config.log_format = human ? LogFormat::human : LogFormat::json;
  config.open_browser = serves && (words.is_open_said ? words.open : is_started_from_desktop());
}

void add_options(CLI::App& app, Config& config, Words& words) {
  app.set_version_flag("--version", std::string("hss ") + version);
  app.add_option("--config", words.config_file, "Read options from this file (name = value lines)");
  app.add_option("--host", config.host, "Address to listen on")
      ->envname("HSS_HOST")
      ->capture_default_str();
  app.add_option("--port", config.port, "Port to listen on; 0 picks a free one")
      ->envname("HSS_PORT")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  app.add_option("--db", config.db, "Database file, or :memory:")
      ->envname("HSS_DB")
      ->capture_default_str();
  app.add_flag("--open,!--no-open", words.open,
               "Open the browser (the default when started from the desktop)");
  app.add_option("--log-format", words.log_format,
                 "human or json (default: human on a terminal, json otherwise)")
      ->envname("HSS_LOG_FORMAT")
      ->check(CLI::IsMember({"human", "json"}));
  app.add_option(
         "--auth", words.auth,
         "accounts: sign in with a password; demo: choose a role without one (default: demo on "
         "loopback, accounts on any other address)")
      ->envname("HSS_AUTH")
      ->check(CLI::IsMember({"demo", "accounts"}));
  app.add_option("--tls-cert", words.tls.certificate,
                 "Serve https with this certificate and its chain (PEM; reloaded on SIGHUP)")
      ->envname("HSS_TLS_CERT");
  app.add_option("--tls-key", words.tls.key, "The certificate's private key (PEM)")
      ->envname("HSS_TLS_KEY");
  app.add_option("--trusted-proxy", config.trusted_proxies,
                 "Proxies whose X-Forwarded-For and -Proto are trusted: addresses or ranges such "
                 "as 10.0.0.0/8, comma-separated")
      ->envname("HSS_TRUSTED_PROXY")
      ->delimiter(',');
  app.add_option("--allow-origin", words.allowed_origins,
                 "Origins whose pages may call the API, comma-separated: https://shop.example, "
                 "loopback for this machine's, null, * for any (default: loopback in demo mode, "
                 "none with accounts)")
      ->envname("HSS_ALLOW_ORIGIN")
      ->delimiter(',');
  app.add_option("--base-path", config.base_path, "Path under which a proxy serves HSS: /hss")
      ->envname("HSS_BASE_PATH");
  app.add_option("--allow-host", config.allowed_hosts,
                 "Names that demo mode answers to besides localhost and addresses, "
                 "comma-separated")
      ->envname("HSS_ALLOW_HOST")
      ->delimiter(',');
  app.add_flag("--allow-private-webhooks", config.allow_private_webhooks,
               "Allow webhooks to this machine and into private networks")
      ->envname("HSS_ALLOW_PRIVATE_WEBHOOKS");
  app.add_option("--kiosk-lock-after", words.kiosk_lock_after,
                 "Seconds without use after which a shared screen locks")
      ->envname("HSS_KIOSK_LOCK_AFTER")
      ->check(CLI::Range(10, 3600))
      ->capture_default_str();
  app.add_option("--metrics-address", words.metrics,
                 "Host and port, such as 127.0.0.1:9081, at which anyone may read /metrics "
                 "(default: administrators only, next to the API)")
      ->envname("HSS_METRICS_ADDRESS");
  app.add_option("--backup-to", words.backup_to,
                 "Folder for regular backups of the database, named <name>-<time>.db")
      ->envname("HSS_BACKUP_TO");
  app.add_option("--backup-every", words.backup_every, "Time between backups: 30m, 1h, 1d")
      ->envname("HSS_BACKUP_EVERY")
      ->capture_default_str();
  app.add_option("--keep", words.backup_keep, "Number of backups to keep; older ones are deleted")
      ->envname("HSS_BACKUP_KEEP")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--message-bus", config.message_bus,
                 "Where to publish events: sns (the topic of --sns-topic) or disabled")
      ->envname("MESSAGE_BUS_MODE")
      ->capture_default_str();
  app.add_option("--sns-topic", config.sns_topic, "The full name (ARN) of the SNS topic")
      ->envname("SNS_TOPIC_ARN");
  app.add_option("--lambda-routes", config.lambda_routes,
                 "On Lambda: paths to serve, with those below them, comma-separated; others are "
                 "answered with a placeholder (default: /health,/api/v1/notifications; with a "
                 "database file /, which is everything)")
      ->envname("HSS_LAMBDA_ROUTES")
      ->delimiter(',');
  app.add_flag("--allow-sqlite", words.allow_sqlite,
               "On Lambda: use a database file (on EFS, with a reserved concurrency of 1)")
      ->envname("HSS_LAMBDA_ALLOW_SQLITE");
  app.footer(
      "HSS_JWT_SECRET: the key that signs tokens, 32 characters or more, instead of one in the "
      "database; separate several by commas, the newest first.");
}

void add_user_commands(CLI::App& app, Config& config) {
  using Command = Config::Command;
  CLI::App* user = app.add_subcommand("user", "Manage accounts, also while a server runs");
  user->fallthrough();
  user->require_subcommand(1);
  const auto add = [&](const char* name, const char* text, Command command) {
    CLI::App* added = user->add_subcommand(name, text);
    added->fallthrough();
    added->callback([&config, command] { config.command = command; });
    return added;
  };
  const auto add_one = [&](const char* name, const char* text, Command command) {
    CLI::App* added = add(name, text, command);
    added->add_option("EMAIL", config.user.email, "The account's e-mail")->required();
    return added;
  };
  const auto ask_password = [&](CLI::App* command) {
    command->add_flag("--password-stdin", config.user.password_from_stdin,
                      "Read the password from the first line of standard input");
  };
  CLI::App* added = add_one("add", "Create an account", Command::add_user);
  added->add_option("--name", config.user.name, "The person's name")->required();
  added->add_option("--role", config.user.role, "customer, staff or admin")
      ->required()
      ->check(CLI::IsMember({"customer", "staff", "admin"}));
  ask_password(added);
  add("list", "List the accounts", Command::list_users);
  ask_password(add_one("password", "Set an account's password", Command::set_user_password));
  add_one("disable", "Disable an account and sign it out everywhere", Command::disable_user);
  add_one("enable", "Enable an account again", Command::enable_user);
  add_one("link", "Create a one-time link to set a new password", Command::make_user_link);
}

void add_event_commands(CLI::App& app, Config& config) {
  using Command = Config::Command;
  CLI::App* events =
      app.add_subcommand("events", "Manage published events, also while a server runs");
  events->fallthrough();
  events->require_subcommand(1);
  const auto add = [&](const char* name, const char* text, Command command) {
    CLI::App* added = events->add_subcommand(name, text);
    added->fallthrough();
    added->callback([&config, command] { config.command = command; });
    return added;
  };
  add("list", "Show the progress of each webhook and of SNS, and events that were set aside",
      Command::list_events)
      ->add_flag("--all", config.events.all, "Also list events that wait for another try");
  CLI::App* retry = add("retry", "Send events again that were set aside", Command::retry_events);
  auto* ids = retry->add_option("ID", config.events.ids,
                                "Numbers of the events, as shown by hss events list");
  auto* all = retry->add_flag("--all", config.events.all, "Every event that was set aside");
  ids->excludes(all);
  retry->add_option("--target", config.events.target, "Send only to this webhook, or to sns");
}

void add_bench_options(CLI::App& bench, BenchWords& words) {
  bench
      .add_option("FOLDER", words.folder,
                  "A folder on the disk to measure; the files made in it are deleted")
      ->capture_default_str();
  bench.add_option("--json", words.json_file, "Also write the results to this file");
  bench.add_option("--milliseconds", words.milliseconds, "Duration of each measurement")
      ->check(CLI::Range(50, 60'000))
      ->capture_default_str();
  bench.add_option("--rounds", words.rounds, "Number of measurements; the table shows the median")
      ->check(CLI::Range(1, 99))
      ->capture_default_str();
  bench
      .add_option("--connections", words.connections,
                  "Numbers of connections to measure with, comma-separated")
      ->delimiter(',')
      ->check(CLI::Range(1, 4000))
      ->capture_default_str();
  bench
      .add_option("--growth", words.growth,
                  "Instead, compare every route with this many bookings and with 1,000")
      ->check(CLI::Range(2'000, 100'000'000));
}

void add_commands(CLI::App& app, Config& config) {
  using Command = Config::Command;
  app.require_subcommand(0, 1);
  app.fallthrough();
  const auto add = [&](CLI::App& parent, const char* name, const char* text, Command command) {
    CLI::App* added = parent.add_subcommand(name, text);
    added->fallthrough();
    added->callback([&config, command] { config.command = command; });
    return added;
  };
  add(app, "serve", "Serve the API and the web pages (also without a command)", Command::serve);
  add(app, "demo", "Serve a throw-away season of bookings to look around in", Command::demo);
  add(app, "lambda",
      "Run as an AWS Lambda function (the default if the program is called bootstrap)",
      Command::lambda);
  add(app, "check", "Run the audit checklist against a server (it creates bookings there)",
      Command::check)
      ->add_option("URL", config.url, "Address of the server: http://127.0.0.1:8081")
      ->required();
  add_bench_options(
      *add(app, "bench",
           "Measure requests a second on this machine, compared with the bare libraries",
           Command::bench),
      config.bench);
  CLI::App* audit = app.add_subcommand("audit", "Verify the audit trail");
  audit->fallthrough();
  audit->require_subcommand(1);
  add(*audit, "verify", "Check that the audit trail is intact", Command::verify_audit);
  add_event_commands(app, config);
  add_user_commands(app, config);
  CLI::App* key = app.add_subcommand("key", "Manage the key that signs tokens");
  key->fallthrough();
  key->require_subcommand(1);
  add(*key, "rotate", "Create a new key; a running server loads it on SIGHUP", Command::rotate_key);
  add(app, "backup", "Copy the database to a new file, also while a server runs", Command::back_up)
      ->add_option("FILE", config.backup_file, "The file to create")
      ->required();
  add(app, "restore",
      "Replace the database with a verified backup, and keep the old file (stop the server "
      "first)",
      Command::restore)
      ->add_option("FILE", config.backup_file, "The backup")
      ->required();
}

/// The file and line of each option that a file set.
using SettingSources = std::map<std::string, std::string>;

/// Prefixes an error in a value of a file with its line.
std::string with_place(const std::string& sentence, const SettingSources& places) {
  const std::string option = sentence.substr(0, sentence.find(": "));
  const auto found = places.find(option);
  return found == places.end() ? sentence : found->second + ": " + sentence;
}

CLI::Option& find_option(CLI::App& app, const ConfigLine& line) {
  const bool is_for_command_line =
      line.name == "help" || line.name == "version" || line.name == "config";
  CLI::Option* option = is_for_command_line ? nullptr : app.get_option_no_throw("--" + line.name);
  if (option == nullptr) {
    throw CLI::ConfigError(line.place + ": there is no option " + line.name + " in a file");
  }
  return *option;
}

bool is_yes_or_no(const std::string& value) {
  constexpr std::array<std::string_view, 8> words{"true", "false", "yes", "no",
                                                  "on",   "off",   "1",   "0"};
  return std::find(words.begin(), words.end(), domain::to_lower(value)) != words.end();
}

void take_line(CLI::Option& option, const ConfigLine& line) {
  const bool is_flag = option.get_expected_min() == 0;
  try {
    if (!is_flag && !line.value) throw CLI::ConfigError(line.name + " needs a value");
    const std::string value = line.value.value_or("true");
    if (is_flag && !is_yes_or_no(value)) {
      throw CLI::ConfigError(line.name + " is true or false, and not " + value);
    }
    option.add_result(is_flag ? option.get_flag_value(line.name, value) : value);
    option.run_callback();
  } catch (const CLI::ParseError& error) {
    throw CLI::ConfigError(line.place + ": " + error.what());
  }
}

/// Checks a line even if a flag or a variable overrides it.
void try_line(const ConfigLine& line) {
  Config config;
  Words words;
  CLI::App app;
  add_options(app, config, words);
  take_line(find_option(app, line), line);
}

SettingSources take_file(CLI::App& app, const std::string& path) {
  std::vector<ConfigLine> lines;
  try {
    lines = read_config_file(expand_home(path));
  } catch (const domain::Error& error) {
    throw CLI::ConfigError(error.what());
  }
  SettingSources places, said;
  for (const ConfigLine& line : lines) {
    try_line(line);
    CLI::Option& option = find_option(app, line);
    const std::string name = option.get_name();
    const auto [before, is_first] = said.emplace(name, line.place);
    if (!is_first && option.get_expected_max() <= 1) {
      throw CLI::ConfigError(line.place + ": " + line.name + " was said before, at " +
                             before->second);
    }
    if (is_first && option.count() > 0) continue;
    if (!is_first && !places.contains(name)) continue;
    places.emplace(name, line.place);
    take_line(option, line);
  }
  return places;
}

/// Any setting may be secret one day, so none may be the mere name of a secret.
void require_no_references(CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& value : option->results()) {
      checked(option->get_name(), [&] { require_no_reference(value); });
    }
  }
}

}  // namespace

const char* const version = HSS_VERSION;

std::variant<Config, Answered> parse_config(int argc, char** argv) {
  // Lambda starts a custom runtime by that name and without arguments.
  char command[] = "lambda";
  char* bootstrap[] = {argv[0], command, nullptr};
  if (argc == 1 && fs::path(argv[0]).filename() == "bootstrap") {
    argc = 2;
    argv = bootstrap;
  }
  Config config;
  config.db = default_db();
  Words words;
  CLI::App app("HSS runs a student-storage business: bookings, staff and payments in one program.",
               "hss");
  add_options(app, config, words);
  add_commands(app, config);
  SettingSources places;
  try {
    app.parse(argc, argv);
    if (!words.config_file.empty()) places = take_file(app, words.config_file);
    require_no_references(app);
    words.is_open_said = app.count("--open") > 0;
    // Data does not belong in the home folder of a function.
    const bool is_lambda = config.command == Config::Command::lambda;
    if (is_lambda && app.count("--db") == 0) config.db = ":memory:";
    check(config, words);
    if (places.contains("--trusted-proxy")) {
      checked("--trusted-proxy", [&] { transport::TrustedProxies{config.trusted_proxies}; });
    }
  } catch (const CLI::Success& answered) {
    return Answered{.exit_code = app.exit(answered)};
  } catch (const CLI::ParseError& error) {
    const std::string sentence = with_place(error.what(), places);
    print_error("hss: " + sentence + " (see hss --help)");
    return Answered{
        .exit_code = 2, .rejection = sentence, .is_lambda = app.got_subcommand("lambda")};
  }
  return config;
}

}  // namespace hss
