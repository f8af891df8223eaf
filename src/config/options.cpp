#include "config/options.h"

#include "config/secret_service.h"
#include "config/version.h"
#include "platform/stop_request.h"
#include "usage/completion.h"

namespace hss {
namespace {

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

void add_copy_options(CLI::App& copy, CopyWords& words) {
  copy.add_option(
          "--from", words.from_word,
          "Where the data are: sqlite:FILE, or the engine of the server of DB_*, as postgres")
      ->required();
  copy.add_option("--to", words.to_word, "Where they go, likewise");
  copy.add_flag("--undo", words.is_undone,
                "Copy nothing, but let HSS start again on --from, which was moved");
  copy.footer(
      "  hss copy --from sqlite:/srv/hss/hss.db --to postgres\n"
      "  hss copy --from postgres --to sqlite:/srv/hss/hss.db\n"
      "The server is the one in DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD and DB_CA_FILE. "
      "Its "
      "tables come from `hss migrate`, and HSS signs in as DB_ADMIN_USER to fill them.\n"
      "While it copies, nobody can change anything at either place; a running server answers such "
      "requests with 503. What is at --to must be empty, or an earlier copy of the same business, "
      "which is replaced. Every row and the audit trail are compared. Only then is --from marked "
      "as "
      "moved: HSS says where the data went and does not start there any more.\n"
      "If it is interrupted, say it again: it begins anew. To go back to --from, say `hss copy "
      "--from ... --undo`; what has been changed at the other place since is not in it.");
}

void add_health_options(CLI::App& health, Config& config) {
  health.add_option("URL", config.url,
                    "Address of the server (default: the one at --host and --port)");
  health.add_option("--ca", config.authorities,
                    "Trust the authorities in this file (PEM) instead of the system's");
}

/// Commands that only describe the program.
void add_usage_commands(CLI::App& app, GivenOptions& given) {
  app.add_subcommand("completion", "Print a script that completes commands and options in a shell")
      ->add_option("SHELL", given.shell, "The shell")
      ->required()
      ->check(CLI::IsMember(usage::shells()));
  app.add_subcommand("manual", "Print the manual page: hss manual | man -l -");
}

void add_server_bench_options(CLI::App& bench, BenchWords& words, CLI::Option* growth) {
  CLI::Option* server =
      bench.add_flag("--server", words.on_server,
                     "Measure on the database server that DB_ENGINE and the other DB_* variables "
                     "name, in a database without bookings; the bench leaves its own there");
  bench
      .add_option("--instances", words.instances,
                  "With --server: numbers of instances that share the load, comma-separated")
      ->delimiter(',')
      ->check(CLI::Range(1, 16))
      ->capture_default_str()
      ->needs(server)
      ->excludes(growth);
  bench
      .add_option("--network", words.networks_ms,
                  "With --server: milliseconds that a network adds to each round trip to it, half "
                  "of them each way, comma-separated")
      ->delimiter(',')
      ->check(CLI::Range(0.0, 1000.0))
      ->capture_default_str()
      ->needs(server)
      ->excludes(growth);
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
      ->default_str("1,8,64,512; 64 with --server");
  CLI::Option* growth =
      bench
          .add_option("--growth", words.growth,
                      "Instead, compare every route with this many bookings and with 1,000")
          ->check(CLI::Range(2'000, 100'000'000));
  if (storage::knows_servers()) {
    add_server_bench_options(bench, words, growth);
  }
}

}  // namespace

void add_options(CLI::App& app, Config& config, GivenOptions& given) {
  // On Windows a path may begin with a slash, too.
  app.allow_windows_style_options(false);
  app.set_version_flag("--version", version_text,
                       "Show the version, the commit, and what is in this build");
  app.add_option("--config", given.config_file, "Read options from this file (name = value lines)");
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
  app.add_flag("--open,!--no-open", given.open,
               "Open the browser (the default when started from the desktop)");
  app.add_option("--log-format", given.log_format,
                 "human or json (default: human on a terminal, json otherwise)")
      ->envname("HSS_LOG_FORMAT")
      ->check(CLI::IsMember({"human", "json"}));
  app.add_option(
         "--auth", given.auth,
         "accounts: sign in with a password; demo: choose a role without one (default: demo on "
         "loopback, accounts on any other address)")
      ->envname("HSS_AUTH")
      ->check(CLI::IsMember({"demo", "accounts"}));
  app.add_option("--tls-cert", given.tls.certificate,
                 "Serve https with this certificate and its chain (PEM; reloaded " +
                     std::string(platform::reload_occasion) + ")")
      ->envname("HSS_TLS_CERT");
  app.add_option("--tls-key", given.tls.key, "The certificate's private key (PEM)")
      ->envname("HSS_TLS_KEY");
  app.add_option("--trusted-proxy", config.trusted_proxies,
                 "Proxies whose X-Forwarded-For and -Proto are trusted: addresses or ranges such "
                 "as 10.0.0.0/8, comma-separated")
      ->envname("HSS_TRUSTED_PROXY")
      ->delimiter(',');
  app.add_option(
         "--instances", config.instances,
         "How many instances serve the same clients behind a balancer; each takes its share "
         "of the limits of logins")
      ->envname("HSS_INSTANCES")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--allow-origin", given.allowed_origins,
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
  app.add_option("--kiosk-lock-after", given.kiosk_lock_after,
                 "Seconds without use after which a shared screen locks")
      ->envname("HSS_KIOSK_LOCK_AFTER")
      ->check(CLI::Range(10, 3600))
      ->capture_default_str();
  app.add_option("--metrics-address", given.metrics,
                 "Host and port, such as 127.0.0.1:9081, at which anyone may read /metrics "
                 "(default: administrators only, next to the API)")
      ->envname("HSS_METRICS_ADDRESS");
  app.add_option("--backup-to", given.backup_to,
                 "Folder for regular backups of the database, named <name>-<time>.db")
      ->envname("HSS_BACKUP_TO");
  app.add_option("--backup-every", given.backup_every, "Time between backups: 30m, 1h, 1d")
      ->envname("HSS_BACKUP_EVERY")
      ->capture_default_str();
  app.add_option("--keep", given.backup_keep, "Number of backups to keep; older ones are deleted")
      ->envname("HSS_BACKUP_KEEP")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--uploads", given.uploads,
                 "Folder for photos and documents, or off (default: <database>.uploads; with a "
                 "database server off, as its instances must share the folder)")
      ->envname("HSS_UPLOADS");
  app.add_flag("--presigned-uploads", given.has_presigned_uploads,
               "Keep photos and documents in the bucket of --s3-bucket, where browsers send them")
      ->envname("USE_PRESIGNED_UPLOADS");
  app.add_option("--s3-bucket", given.bucket.name, "The bucket, of S3 or a service that speaks so")
      ->envname("S3_BUCKET");
  app.add_option("--s3-prefix", given.bucket.prefix, "What comes before every key: hss/")
      ->envname("S3_PREFIX");
  app.add_option("--uploads-max", given.uploads_max, "GiB that all photos may have together")
      ->envname("HSS_UPLOADS_MAX")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  app.add_option("--uploads-keep", given.uploads_keep_days,
                 "Days for which photos are kept after their booking was returned, declined or "
                 "cancelled")
      ->envname("HSS_UPLOADS_KEEP")
      ->check(CLI::Range(1, 36'500))
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
  app.add_flag("--allow-sqlite", given.allow_sqlite,
               "On Lambda: use a database file (on EFS, with a reserved concurrency of 1)")
      ->envname("HSS_LAMBDA_ALLOW_SQLITE");
  app.footer(std::string(
                 "HSS_JWT_SECRET: the key that signs tokens, 32 characters or more, instead of one "
                 "in the database; separate several by commas, the newest first.\n"
                 "DB_ENGINE, DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD (or "
                 "DB_PASSWORD_FILE), DB_CA_FILE, DB_TLS: a "
                 "database server instead of the file.") +
             secret_help());
}

void add_commands(CLI::App& app, Config& config, GivenOptions& given) {
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
  add(app, "desktop",
      "Open the start page of HSS in the browser (also without a command, if started from the "
      "desktop)",
      Command::desktop)
      ->add_option("--end-after", given.ends_after,
                   "End after this time without use, unless another machine has called: 30m, 8h, "
                   "never")
      ->capture_default_str();
  add(app, "lambda", "Run as a Lambda function (the default if the program is called bootstrap)",
      Command::lambda);
  add(app, "check", "Run the audit checklist against a server (it creates bookings there)",
      Command::check)
      ->add_option("URL", config.url, "Address of the server: http://127.0.0.1:8081")
      ->required();
  add_health_options(
      *add(app, "health", "Ask a running server whether it is healthy: exit code 0 if so, else 1",
           Command::check_health),
      config);
  add_bench_options(
      *add(app, "bench",
           "Measure requests a second on this machine, compared with the bare libraries",
           Command::bench),
      config.bench);
  CLI::App* audit = app.add_subcommand("audit", "Verify the audit trail");
  audit->fallthrough();
  audit->require_subcommand(1);
  add(*audit, "verify", "Check that the audit trail is intact", Command::verify_audit);
  CLI::App* certificate = add(
      app, "certificate",
      "Make or renew a certificate for this machine in a local network, from an authority of its "
      "own",
      Command::renew_certificate);
  certificate->add_option("--out", config.certificate.folder,
                          "Folder of the certificate and the authority (default: certificate "
                          "beside the database)");
  certificate->add_option("--name", config.certificate.names,
                          "A name or address besides those of this machine; may be repeated");
  add_event_commands(app, config);
  add_user_commands(app, config);
  CLI::App* key = app.add_subcommand("key", "Manage the key that signs tokens");
  key->fallthrough();
  key->require_subcommand(1);
  add(*key, "rotate", "Create a new key; running servers load it by themselves",
      Command::rotate_key);
  if (storage::knows_servers()) {
    add(app, "migrate", "Create or update the tables on a database server (DB_ENGINE)",
        Command::migrate)
        ->add_flag("--print", config.prints_sql, "Only print the SQL, for an empty database");
    add_copy_options(
        *add(app, "copy", "Move all data from a file to a database server, or back", Command::copy),
        config.copy);
    CLI::App* db = app.add_subcommand("db", "Look at the database server");
    db->fallthrough();
    db->require_subcommand(1);
    add(*db, "check", "Check that HSS can keep its data on the database server",
        Command::check_database);
  }
  add(app, "backup", "Copy the database to a new file, also while a server runs", Command::back_up)
      ->add_option("FILE", config.backup_file, "The file to create")
      ->required();
  add(app, "restore",
      "Replace the database with a verified backup, and keep the old file (stop the server "
      "first)",
      Command::restore)
      ->add_option("FILE", config.backup_file, "The backup")
      ->required();
  add_usage_commands(app, given);
}

}  // namespace hss
