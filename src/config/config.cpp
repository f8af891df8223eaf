#include "config/config.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <string_view>

#include "config/checks.h"
#include "config/config_file.h"
#include "config/database.h"
#include "config/options.h"
#include "config/referring_options.h"
#include "config/secret_lookup.h"
#include "config/secret_setting.h"
#include "config/version.h"
#include "domain/error.h"
#include "domain/validation/text.h"
#include "log/line_queue.h"
#include "platform/paths.h"
#include "platform/terminal.h"
#include "transport/http/trusted_proxies.h"
#include "usage/completion.h"
#include "usage/manual.h"

namespace hss {
namespace {

namespace fs = std::filesystem;

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
  GivenOptions given;
  CLI::App app;
  add_options(app, config, given);
  take_line(find_option(app, line), line);
}

SettingSources take_file(CLI::App& app, const std::string& path, SecretLookup& secrets) {
  std::vector<ConfigLine> lines;
  try {
    lines = read_config_file(expand_home(path));
  } catch (const domain::Error& error) {
    throw CLI::ConfigError(error.what());
  }
  SettingSources places, said;
  for (const ConfigLine& line : lines) {
    const bool is_reference =
        line.value && secrets.is_reference(line.place + ": " + line.name, *line.value);
    if (!is_reference) try_line(line);
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
    if (!is_reference) {
      take_line(option, line);
      continue;
    }
    const std::string setting = line.place + ": " + line.name;
    add_secret(option, setting, secrets.resolve(setting, *line.value), secrets);
  }
  return places;
}

void parse(CLI::App& app, const std::vector<std::string>& words) {
  std::vector<const char*> pointers;
  for (const std::string& word : words) pointers.push_back(word.c_str());
  app.parse(static_cast<int>(pointers.size()), pointers.data());
}

/// What is not looked up may not be taken for the secret itself: anybody could guess it.
void require_no_references(CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& value : option->results()) {
      checked(option->get_name(), [&] { require_no_reference(value); });
    }
  }
}

/// A demo, a check of a server and a bench touch no data but their own, unless a bench is told to.
bool uses_data(const Config& config) {
  using enum Config::Command;
  if (config.command == bench) return config.bench.on_server;
  return config.command != demo && config.command != Config::Command::check &&
         config.command != check_health && config.command != copy &&
         config.command != renew_certificate;
}

/// Prints what describes the program, if that is asked for.
bool answers_usage(const CLI::App& app, const GivenOptions& given) {
  const bool is_manual = app.got_subcommand("manual");
  if (!is_manual && !app.got_subcommand("completion")) return false;
  const char* const home = std::getenv("HOME");
  const usage::CommandText root = usage::describe(app, home == nullptr ? "" : home);
  std::cout << (is_manual ? usage::manual(root, version) : usage::completion(root, given.shell));
  return true;
}

/// The command of a program that was started without arguments; none: as in the configuration.
const char* implied_command(const char* program) {
  // Lambda starts a custom runtime by that name.
  if (fs::path(program).filename() == "bootstrap") return "lambda";
  return platform::is_started_from_desktop() ? "desktop" : nullptr;
}

/// The command line was rejected, and whoever gave it may have no terminal.
Answered rejected(const CLI::App& app, int exit_code, const std::string& sentence) {
  const bool has_reader = platform::is_terminal(platform::StandardStream::error) &&
                          !platform::is_started_from_desktop();
  return {.exit_code = exit_code,
          .rejection = sentence,
          .is_lambda = app.got_subcommand("lambda"),
          .is_desktop = app.got_subcommand("desktop") && !has_reader};
}

}  // namespace

std::variant<Config, Answered> parse_config(int argc, char** argv) {
  std::vector<std::string> words(argv, argv + argc);
  if (argc == 1) {
    if (const char* command = implied_command(argv[0])) words.emplace_back(command);
  }
  Config config;
  config.db = default_db();
  GivenOptions given;
  CLI::App app("HSS runs a student-storage business: bookings, staff and payments in one program.",
               "hss");
  add_options(app, config, given);
  add_commands(app, config, given);
  SettingSources places;
  SecretLookup secrets(open_secret_service());
  try {
    const ReferringOptions referring(app, words, secrets);
    parse(app, referring.words());
    if (answers_usage(app, given)) return Answered{};
    referring.add(secrets);
    if (!given.config_file.empty()) places = take_file(app, given.config_file, secrets);
    require_no_references(app);
    given.is_open_said = app.count("--open") > 0;
    // Data does not belong in the home folder of a function.
    const bool is_lambda = config.command == Config::Command::lambda;
    if (is_lambda && app.count("--db") == 0) config.db = ":memory:";
    if (uses_data(config)) read_database(config, app.count("--db") > 0, secrets);
    if (config.command == Config::Command::copy) read_copy(config.copy, secrets);
    check(config, given, secrets);
    if (places.contains("--trusted-proxy") || secrets.has_secrets()) {
      checked("--trusted-proxy", [&] { transport::TrustedProxies{config.trusted_proxies}; });
    }
  } catch (const CLI::Success& answered) {
    return Answered{.exit_code = app.exit(answered)};
  } catch (const CLI::ParseError& error) {
    const std::string sentence = with_place(secrets.without_secrets(error.what()), places);
    print_error("hss: " + sentence + " (see hss --help)");
    return rejected(app, 2, sentence);
  } catch (const SecretUnavailable& error) {
    print_error(std::string("hss: ") + error.what());
    return rejected(app, 1, error.what());
  }
  return config;
}

}  // namespace hss
