#include "config.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>

namespace hss {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> find_variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

/// The platform's place for a program's data; empty where the environment names none.
fs::path data_folder() {
#if defined(_WIN32)
  if (const auto folder = find_variable("LOCALAPPDATA")) return fs::path(*folder) / "HSS";
#elif defined(__APPLE__)
  if (const auto home = find_variable("HOME")) {
    return fs::path(*home) / "Library" / "Application Support" / "HSS";
  }
#else
  if (const auto folder = find_variable("XDG_DATA_HOME")) return fs::path(*folder) / "hss";
  if (const auto home = find_variable("HOME")) return fs::path(*home) / ".local" / "share" / "hss";
#endif
  return {};
}

std::string default_db() {
  const fs::path folder = data_folder();
  return folder.empty() ? "" : (folder / "hss.db").string();
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

/// Double-clicked: nobody reads a terminal, and there is a desktop to show a browser on.
bool is_started_from_desktop() {
  const bool has_terminal = ::isatty(STDIN_FILENO) != 0 || ::isatty(STDOUT_FILENO) != 0;
#if defined(__linux__)
  return !has_terminal && (find_variable("DISPLAY") || find_variable("WAYLAND_DISPLAY"));
#else
  return !has_terminal;
#endif
}

/// As values came in; empty where nothing was said.
struct Words {
  std::string log_format;
  std::string auth;
  transport::TlsFiles tls;
  std::optional<bool> open;
};

void check(Config& config, const Words& words) {
  const bool serves =
      config.command == Config::Command::serve || config.command == Config::Command::demo;
  if (config.command == Config::Command::demo) config.db = ":memory:";
  const bool needs_db = config.command != Config::Command::check;
  if (needs_db && config.db.empty()) {
    throw CLI::ValidationError("--db",
                               "no data folder is known here (HOME is not set); name a file");
  }
  if (!serves && needs_db && config.db == ":memory:") {
    throw CLI::ValidationError("--db", "there is nothing to read in a database in memory");
  }
  if (config.command == Config::Command::check && !config.url.starts_with("http://") &&
      !config.url.starts_with("https://")) {
    throw CLI::ValidationError("URL",
                               config.url + " is not an address; write http://127.0.0.1:8081");
  }
  if (words.auth == "accounts") {
    throw CLI::ValidationError("--auth", "accounts are not part of this version; only demo is");
  }
  if (serves && !is_loopback(config.host) && words.auth != "demo") {
    throw CLI::ValidationError(
        "--host", config.host +
                      " can be reached from the network, where anyone could act as staff; say "
                      "--auth demo if that is what you want");
  }
  if (serves && !is_loopback(config.host)) {
    config.warnings.push_back("demo mode on " + config.host +
                              ": no password is asked, and whoever reaches this address can act "
                              "as staff and administrator");
  }
  if (words.tls.certificate.empty() != words.tls.key.empty()) {
    throw CLI::ValidationError("--tls-cert",
                               "a certificate and its key go together; name the "
                               "other file with " +
                                   std::string(words.tls.key.empty() ? "--tls-key" : "--tls-cert"));
  }
  if (!words.tls.key.empty()) config.tls = words.tls;
  if (find_variable("MESSAGE_BUS_MODE").value_or("disabled") == "sns") {
    config.warnings.emplace_back(
        "MESSAGE_BUS_MODE=sns: this build cannot publish to SNS; bookings go on without events");
  }
  const bool human =
      words.log_format.empty() ? ::isatty(STDERR_FILENO) != 0 : words.log_format == "human";
  config.log_format = human ? LogFormat::human : LogFormat::json;
  config.open_browser = serves && words.open.value_or(is_started_from_desktop());
}

void add_options(CLI::App& app, Config& config, Words& words) {
  app.set_version_flag("--version", std::string("hss ") + version);
  app.set_config("--config", "", "Read options from this file (name = value lines)");
  app.allow_config_extras(CLI::config_extras_mode::error);
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
  app.add_option("--auth", words.auth,
                 "demo: roles without passwords; must be said on an address that is not loopback")
      ->envname("HSS_AUTH")
      ->check(CLI::IsMember({"demo", "accounts"}));
  app.add_option("--tls-cert", words.tls.certificate,
                 "Serve https with this certificate and its chain (PEM; read again on SIGHUP)")
      ->envname("HSS_TLS_CERT");
  app.add_option("--tls-key", words.tls.key, "The certificate's private key (PEM)")
      ->envname("HSS_TLS_KEY");
  app.add_option("--trusted-proxy", config.trusted_proxies,
                 "Proxies whose X-Forwarded-For and -Proto are believed: addresses or ranges such "
                 "as 10.0.0.0/8, comma-separated")
      ->envname("HSS_TRUSTED_PROXY")
      ->delimiter(',');
  app.add_option("--allow-origin", config.allowed_origins,
                 "Origins that browsers may call the API from, comma-separated; * for any")
      ->envname("HSS_ALLOW_ORIGIN")
      ->delimiter(',')
      ->capture_default_str();
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
  add(app, "demo", "Serve a throw-away season of bookings, to look around in", Command::demo);
  add(app, "check", "Walk a running server through its audit checklist (it makes bookings there)",
      Command::check)
      ->add_option("URL", config.url, "Where it runs: http://127.0.0.1:8081")
      ->required();
  CLI::App* audit = app.add_subcommand("audit", "The audit trail");
  audit->fallthrough();
  audit->require_subcommand(1);
  add(*audit, "verify", "Say whether the audit trail is whole and untouched",
      Command::verify_audit);
  add(app, "backup", "Copy the database to a new file, also while a server runs", Command::back_up)
      ->add_option("FILE", config.backup_file, "The file to make")
      ->required();
}

}  // namespace

const char* const version = HSS_VERSION;

std::variant<Config, int> parse_config(int argc, char** argv) {
  Config config;
  config.db = default_db();
  Words words;
  CLI::App app("HSS runs a student-storage business: bookings, staff and payments in one program.",
               "hss");
  add_options(app, config, words);
  add_commands(app, config);
  try {
    app.parse(argc, argv);
    check(config, words);
  } catch (const CLI::Success& answered) {
    return app.exit(answered);
  } catch (const CLI::ParseError& error) {
    std::cerr << "hss: " << error.what() << " (see hss --help)\n";
    return 2;
  }
  return config;
}

}  // namespace hss
