#include <iostream>

#include "commands/commands.h"
#include "storage/sqlite/audit_chain.h"
#include "storage/sqlite/migrations.h"

namespace hss::commands {

int verify_audit(const Config& config) {
  const auto report = [](const std::string& text) { std::cerr << text << '\n'; };
  storage::require_current(config.db, storage::hss_schema(), report);
  domain::AuditReport found;
  try {
    storage::Connection connection(config.db, storage::Connection::Mode::look);
    // Uses one snapshot, as a server may be writing.
    SQLite::Transaction view(connection.database());
    found = storage::verify_chain(connection);
  } catch (const SQLite::Exception& failure) {
    throw storage::translate(failure, "verify the audit trail of " + config.db, report);
  }
  if (found.violation) {
    std::cout << "The audit trail of " << config.db << " is not intact. " << *found.violation
              << '\n';
    return 1;
  }
  std::cout << "The audit trail of " << config.db << " is intact: " << found.events << " events, "
            << found.bookings << " bookings\n";
  return 0;
}

}  // namespace hss::commands
