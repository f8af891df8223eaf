#include <iostream>

#include "commands/commands.h"
#include "commands/report.h"
#include "storage/damage.h"
#include "storage/open_store.h"
#include "storage/sql/audit_chain.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/failure.h"
#include "storage/sqlite/migrations.h"

namespace hss::commands {

namespace {

domain::AuditReport verify_file(const std::string& file) {
  storage::require_current(file, storage::hss_schema(), report);
  try {
    storage::SqliteConnection connection(file, storage::SqliteConnection::Mode::look);
    // Uses one snapshot, as a server may be writing.
    SQLite::Transaction view(connection.database());
    return storage::verify_chain(connection);
  } catch (const storage::DamagedValue&) {
    throw storage::Damaged();
  } catch (const SQLite::Exception& failure) {
    throw storage::translate(failure, "verify the audit trail of " + file, report);
  }
}

}  // namespace

int verify_audit(const Config& config) {
  const domain::AuditReport found =
      config.server ? storage::open_store(config.place(), report)->verify_audit("")
                    : verify_file(config.db);
  if (found.violation) {
    std::cout << "The audit trail of " << config.place().text() << " is not intact. "
              << *found.violation << '\n';
    return 1;
  }
  std::cout << "The audit trail of " << config.place().text() << " is intact: " << found.events
            << " events, " << found.bookings << " bookings\n";
  return 0;
}

}  // namespace hss::commands
