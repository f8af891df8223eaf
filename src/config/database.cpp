#include "config/database.h"

#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/checks.h"
#include "config/listen_host.h"
#include "config/password_sources.h"
#include "config/secret_setting.h"
#include "domain/validation/text.h"
#include "platform/environment.h"
#include "platform/paths.h"
#include "storage/open_store.h"

namespace hss {
namespace {

using storage::ServerAddress;

constexpr std::array<const char*, 11> all_names{"DB_HOST",
                                                "DB_PORT",
                                                "DB_NAME",
                                                "DB_USER",
                                                "DB_PASSWORD",
                                                "DB_PASSWORD_FILE",
                                                "DB_TLS",
                                                "DB_CA_FILE",
                                                "DB_ADMIN_USER",
                                                "DB_ADMIN_PASSWORD",
                                                "DB_ADMIN_PASSWORD_FILE"};

/// Stands for passwords that RDS makes.
constexpr std::string_view rds_word = "aws-rds-iam:";

const char* find_raw(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr || *value == '\0' ? nullptr : value;
}

/// Reads the variables, and what those refer to.
class Variables {
 public:
  explicit Variables(SecretLookup& secrets) : secrets_(secrets) {}

  std::optional<std::string> find(const char* name) const {
    const char* const value = find_raw(name);
    if (value == nullptr) return std::nullopt;
    return resolve(name, value);
  }

  std::string resolve(const std::string& name, const std::string& value) const {
    if (!secrets_.is_reference(name, value)) checked(name, [&] { require_no_reference(value); });
    return secrets_.resolve(name, value);
  }

  SecretLookup& secrets() const { return secrets_; }

 private:
  SecretLookup& secrets_;
};

std::string first_line(const char* variable, const std::string& path) {
  std::ifstream file(expand_home(path));
  std::string line;
  if (!std::getline(file, line)) {
    throw CLI::ValidationError(variable, path + " cannot be read, or is empty");
  }
  return std::string(domain::trim(line));
}

/// The word of the variable, or the first line of the file that the variable with _FILE names.
/// `setting` becomes the one that was set.
std::optional<std::string> find_password(const Variables& variables, std::string& setting) {
  const std::string file_name = setting + "_FILE";
  const char* const password = find_raw(setting.c_str());
  const auto file = variables.find(file_name.c_str());
  if (password != nullptr && file) {
    throw CLI::ValidationError(file_name, "the password is in " + setting + " already; say one");
  }
  if (password != nullptr) return password;
  if (!file) return std::nullopt;
  setting = file_name;
  return first_line(file_name.c_str(), *file);
}

/// What RDS and its rights in IAM make passwords of. Anybody on the way could use such a password.
void require_rds(const std::string& setting, const ServerAddress& server) {
  if (server.engine != ServerAddress::Engine::postgres) {
    throw CLI::ValidationError(setting, std::string(rds_word) + " is for PostgreSQL alone");
  }
  if (!server.uses_tls) {
    throw CLI::ValidationError(setting, std::string(rds_word) +
                                            " needs TLS; name the file of RDS's authorities (PEM)"
                                            " in DB_CA_FILE");
  }
}

/// Reads the password of `server`, all else of which is known.
void read_password(ServerAddress& server, std::string setting, const Variables& variables) {
  const auto word = find_password(variables, setting);
  SecretLookup& secrets = variables.secrets();
  server.password.clear();
  server.password_source.reset();
  if (!word) return;
  if (secrets.service() && domain::trim(*word) == rds_word) {
    require_rds(setting, server);
    server.password_source = make_rds_tokens(secrets.service(), server);
    return;
  }
  server.password = variables.resolve(setting, *word);
  if (!secrets.is_reference(setting, *word)) return;
  server.password_source =
      follow_secret(secrets.service(), std::string(domain::trim(*word)), server.password);
}

int parse_port(const std::string& text, int usual) {
  int port = 0;
  const auto end = text.data() + text.size();
  const auto [at, failure] = std::from_chars(text.data(), end, port);
  if (failure != std::errc() || at != end || port < 1 || port > 65535) {
    throw CLI::ValidationError("DB_PORT", text + " is no port; write " + std::to_string(usual));
  }
  return port;
}

void read_tls(ServerAddress& server, const Variables& variables) {
  const auto tls = variables.find("DB_TLS");
  if (tls && *tls != "on" && *tls != "off") {
    throw CLI::ValidationError("DB_TLS", *tls + " is neither on nor off");
  }
  server.ca_file = expand_home(variables.find("DB_CA_FILE").value_or(""));
  server.uses_tls = tls ? *tls == "on" : !server.ca_file.empty();
  if (tls == "off" && !server.ca_file.empty()) {
    throw CLI::ValidationError("DB_TLS", "off does not go together with DB_CA_FILE");
  }
  if (server.uses_tls && server.ca_file.empty()) {
    throw CLI::ValidationError("DB_CA_FILE",
                               "name the file of the authority that signed the server's certificate"
                               " (PEM)");
  }
  if (!tls && server.ca_file.empty() && !is_loopback(server.host)) {
    throw CLI::ValidationError(
        "DB_CA_FILE",
        "name the file of the authority that signed the certificate of " + server.host +
            " (PEM); DB_TLS=off sends passwords and data over the network as they are");
  }
}

ServerAddress read_server(ServerAddress::Engine engine, const Variables& variables) {
  ServerAddress server;
  server.engine = engine;
  server.port = ServerAddress::default_port(engine);
  if (const auto host = variables.find("DB_HOST")) server.host = *host;
  if (const auto port = variables.find("DB_PORT")) server.port = parse_port(*port, server.port);
  if (const auto name = variables.find("DB_NAME")) server.database = *name;
  if (const auto user = variables.find("DB_USER")) server.user = *user;
  read_tls(server, variables);
  read_password(server, "DB_PASSWORD", variables);
  return server;
}

/// The user who owns the tables: by default the program's own.
ServerAddress read_admin(const ServerAddress& server, const Variables& variables) {
  ServerAddress admin = server;
  if (const auto user = variables.find("DB_ADMIN_USER")) {
    admin.user = *user;
    read_password(admin, "DB_ADMIN_PASSWORD", variables);
  }
  return admin;
}

/// The client libraries would take what DB_* leave open from variables of their own.
void forget_other_variables() {
  std::vector<std::string> names;
  for (const std::string& variable : platform::list_variables()) {
    const std::string_view text = variable;
    for (const std::string_view prefix : {"PG", "MYSQL_", "MARIADB_", "LIBMYSQL_"}) {
      if (!text.starts_with(prefix)) continue;
      names.emplace_back(text.substr(0, text.find('=')));
    }
  }
  for (const std::string& name : names) platform::remove_variable(name);
}

/// Empty for a word that no engine has.
std::optional<ServerAddress::Engine> find_engine(const std::string& word) {
  if (word == "postgres" || word == "postgresql") return ServerAddress::Engine::postgres;
  if (word == "mysql" || word == "mariadb") return ServerAddress::Engine::mysql;
  return std::nullopt;
}

/// The place that an option of the command copy names.
storage::Place read_place(const char* option, const std::string& word, const Variables& variables) {
  constexpr std::string_view file_word = "sqlite:";
  if (word.starts_with(file_word)) {
    const std::string file = expand_home(word.substr(file_word.size()));
    if (file.empty() || file == ":memory:") {
      throw CLI::ValidationError(option, word + " names no file; write sqlite:/srv/hss/hss.db");
    }
    require_file_name(option, file);
    return {.file = file, .server = std::nullopt};
  }
  const auto engine = find_engine(domain::to_lower(word));
  if (!engine) {
    throw CLI::ValidationError(
        option, word + " is no place; write sqlite:FILE, postgres, mysql or mariadb");
  }
  if (!storage::knows_engine(*engine)) {
    throw CLI::ValidationError(option, "this build of HSS cannot use " + word);
  }
  const std::string said = domain::to_lower(variables.find("DB_ENGINE").value_or(""));
  if (!said.empty() && said != "sqlite" && find_engine(said) != engine) {
    throw CLI::ValidationError(option, "DB_ENGINE is " + said + ", and not " + word +
                                           "; the other DB_* would be of another server");
  }
  forget_other_variables();
  return {.file = "", .server = read_server(*engine, variables)};
}

}  // namespace

void read_copy(CopyWords& words, SecretLookup& secrets) {
  const Variables variables(secrets);
  words.from = read_place("--from", words.from_word, variables);
  if (words.is_undone) {
    if (words.to_word.empty()) return;
    throw CLI::ValidationError("--undo", "nothing is copied then; leave out --to");
  }
  if (words.to_word.empty()) throw CLI::ValidationError("--to", "say where the data go");
  words.to = read_place("--to", words.to_word, variables);
  if (words.from.server && words.to.server) {
    throw CLI::ValidationError("--to",
                               "DB_* name one server alone; copy to a file first, and from that to"
                               " the other server");
  }
  if (!words.from.server && !words.to.server) {
    throw CLI::ValidationError("--to", "a file is copied by `hss backup`, or moved as any file is");
  }
  // The program's own user may neither replace what must stay nor set prices.
  if (words.to.server) words.to.server = read_admin(*words.to.server, variables);
}

void read_database(Config& config, bool is_file_named, SecretLookup& secrets) {
  const Variables variables(secrets);
  const std::string engine = domain::to_lower(variables.find("DB_ENGINE").value_or(""));
  if (engine.empty()) {
    for (const char* const name : all_names) {
      if (find_raw(name) == nullptr) continue;
      config.warnings.push_back(std::string(name) +
                                " is set, but DB_ENGINE is not: the data are in " + config.db);
      break;
    }
  }
  if (engine.empty() || engine == "sqlite") return;
  const auto server_engine = find_engine(engine);
  if (!server_engine) {
    throw CLI::ValidationError("DB_ENGINE",
                               engine + " is not known; write sqlite, postgres, mysql or mariadb");
  }
  if (!storage::knows_engine(*server_engine)) {
    throw CLI::ValidationError("DB_ENGINE",
                               "this build of HSS cannot use " +
                                   std::string(ServerAddress::name_of(*server_engine)) +
                                   "; take one that can, or write sqlite");
  }
  if (is_file_named) {
    throw CLI::ValidationError("--db",
                               "DB_ENGINE says that the data are on a database server; leave out"
                               " --db and HSS_DB, or DB_ENGINE");
  }
  if (config.command == Config::Command::lambda) {
    throw CLI::ValidationError("DB_ENGINE",
                               "a Lambda function cannot keep its data on a database server yet;"
                               " leave DB_ENGINE out");
  }
  forget_other_variables();
  config.server = read_server(*server_engine, variables);
  if (config.command == Config::Command::migrate || config.command == Config::Command::bench) {
    config.server_admin = read_admin(*config.server, variables);
  }
}

}  // namespace hss
