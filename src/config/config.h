#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "auth/token_key_source.h"
#include "domain/uploads/upload.h"
#include "log/log.h"
#include "storage/open_store.h"
#include "transport/http/tls.h"
#include "uploads/bucket.h"

namespace hss {

/// Arguments of the commands about users, as given.
struct UserWords {
  std::string email, name, role;
  bool password_from_stdin = false;
};

/// Arguments of the commands about events, as given.
struct EventWords {
  std::vector<std::int64_t> ids;
  std::string target;
  bool all = false;
};

/// Arguments of the command certificate.
struct CertificateWords {
  std::string folder;              ///< as given, then the folder itself
  std::vector<std::string> names;  ///< besides those of this machine, as given
};

/// Arguments of the command bench, as given.
struct BenchWords {
  std::string folder = ".";
  std::string json_file;
  std::size_t growth = 0;  ///< bookings in the larger file; 0: not measured
  int milliseconds = 1000, rounds = 3;
  std::vector<std::size_t> connections;  ///< empty: as the bench has them
  bool on_server = false;                ///< measures on the database server, too
  std::vector<std::size_t> instances{1, 3};
  std::vector<double> networks_ms{0, 0.5};
};

/// Arguments of the command copy.
struct CopyWords {
  std::string from_word, to_word;  ///< as given: `sqlite:FILE`, or a server's engine
  storage::Place from, to;         ///< to: as whom it signs in to fill the tables
  bool is_undone = false;          ///< only takes the mark off `from`
};

struct Address {
  std::string host;
  int port = 0;
};

/// Backups that a running server makes.
struct BackupPlan {
  std::string folder;
  std::chrono::seconds every{3600};
  int keep = 48;  ///< the newest ones; older ones with the same database's name are deleted
};

/// The command to run and its settings: every flag and environment variable, checked before
/// anything opens.
struct Config {
  enum class Command {
    serve,
    demo,
    desktop,
    lambda,
    check,
    check_health,
    verify_audit,
    back_up,
    restore,
    add_user,
    list_users,
    set_user_password,
    disable_user,
    enable_user,
    make_user_link,
    rotate_key,
    renew_certificate,
    list_events,
    retry_events,
    migrate,
    check_database,
    copy,
    bench
  };
  enum class Auth { demo, accounts };

  Command command = Command::serve;
  std::string host = "127.0.0.1";
  int port = 8081;
  std::string db;                                      ///< a file, or `:memory:`
  std::optional<storage::ServerAddress> server;        ///< where the data are instead
  std::optional<storage::ServerAddress> server_admin;  ///< migrate, bench: the tables' owner
  /// The folder with photos and documents; `:memory:`: one that goes with the process; empty: none
  /// are taken.
  std::string uploads;
  std::optional<uploads::Bucket> bucket;  ///< where they are instead of a folder
  domain::UploadLimits upload_limits;
  bool open_browser = false;
  std::chrono::seconds ends_after{1800};  ///< desktop: without use; 0: it does not end by itself
  LogFormat log_format = LogFormat::human;
  Auth auth = Auth::demo;
  std::vector<std::string> allowed_origins;  ///< as api::AllowedOrigins takes them
  std::vector<std::string> allowed_hosts;  ///< names of this server in demo mode, besides localhost
  std::vector<std::string> token_keys;     ///< the first signs; empty: use those in the database
  std::shared_ptr<auth::TokenKeySource> token_key_source;  ///< of token_keys, where they may change
  std::chrono::seconds kiosk_lock_after{60};
  bool allow_private_webhooks = false;
  std::optional<Address> metrics;  ///< where anyone may read them; none: only administrators
  std::optional<transport::TlsFiles> tls;
  int instances = 1;  ///< that share a database, this one included
  std::vector<std::string> trusted_proxies;
  std::string base_path;                   ///< as api::BasePath has it
  std::vector<std::string> lambda_routes;  ///< lambda: paths that are served, with those below
  std::string url;                         ///< check, check_health: the server, without its path
  std::string url_path;                    ///< the base path there, or empty
  std::string authorities;                 ///< check_health: whom to trust; empty: the system's
  std::string backup_file;                 ///< back_up: where to; restore: where from
  std::optional<BackupPlan> backups;       ///< serve; none: not asked for
  UserWords user;
  EventWords events;
  CopyWords copy;
  CertificateWords certificate;
  BenchWords bench;
  /// The value as given: an error in it does not prevent the start.
  std::string message_bus = "disabled", sns_topic;
  std::vector<std::string> warnings;  ///< to log once the log is open

  bool prints_sql = false;  ///< migrate: does nothing else

  storage::Place place() const { return {.file = db, .server = server}; }
  bool is_in_memory() const { return !server && db == ":memory:"; }
};

/// A command line that needs no further work: it was `--help`, or standard error has one sentence
/// about its error.
struct Answered {
  int exit_code = 0;
  std::string rejection;    ///< that sentence; empty: no error
  bool is_lambda = false;   ///< it was for Config::Command::lambda
  bool is_desktop = false;  ///< it was for Config::Command::desktop, and nobody reads a terminal
};

/// Returns the configuration, or how the command line was answered. A program that is called
/// `bootstrap` and gets no arguments is `hss lambda`; one that gets none from a desktop is `hss
/// desktop`. Precedence: flag, environment variable, file
/// of `--config`.
std::variant<Config, Answered> parse_config(int argc, char** argv);

}  // namespace hss
