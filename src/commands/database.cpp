#include <iostream>

#include "commands/commands.h"
#include "commands/report.h"
#include "domain/error.h"
#include "storage/open_store.h"

namespace hss::commands {
namespace {

void require_server(const Config& config) {
  if (config.server) return;
  throw domain::Error(domain::ErrorCode::validation_error,
                      "DB_ENGINE names no database server; a file is brought up to date by hss"
                      " serve itself");
}

}  // namespace

int migrate(const Config& config) {
  require_server(config);
  if (config.prints_sql) {
    std::cout << storage::migration_text(*config.server);
    return 0;
  }
  storage::migrate_server(
      *config.server_admin, config.server->user,
      [](const std::string& text) { std::cout << text << '\n'; }, report);
  return 0;
}

int check_database(const Config& config) {
  require_server(config);
  bool is_good = true;
  for (const auto& finding : storage::check_server(*config.server, report)) {
    std::cout << (finding.is_good ? "ok      " : "FAILED  ") << finding.text << '\n';
    is_good = is_good && finding.is_good;
  }
  return is_good ? 0 : 1;
}

}  // namespace hss::commands
