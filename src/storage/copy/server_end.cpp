#include "storage/copy/server_end.h"

#include <utility>

#include "storage/copy/table.h"
#include "storage/damage.h"
#include "storage/random_number.h"
#include "storage/server/failure.h"
#include "storage/server/migrate.h"

namespace hss::storage {
namespace {

using domain::Error;
using domain::ErrorCode;

}  // namespace

ServerEnd::ServerEnd(const ServerAddress& server, Report report)
    : text_(server.text()), user_(server.user), report_(std::move(report)) {
  with_error_translation([&] {
    tables_ = open_tables(server);
    execute(connection(), "BEGIN");
    Query head(connection(), "SELECT schema_version FROM head FOR UPDATE");
    if (!head.step()) throw ServerFailure(ServerFailure::Kind::wrong_schema, "no row in head");
    require_version(head.integer(0), tables_.version);
  });
}

void ServerEnd::commit() {
  with_error_translation([&] { execute(connection(), "COMMIT"); });
}

void ServerEnd::see_present(const std::function<void(Connection&)>& see) {
  // From then on its lock keeps others out.
  if (!has_begun_) see(connection());
}

void ServerEnd::begin() {
  has_begun_ = true;
  with_error_translation([&] {
    // Also makes a server wait that would index bookings here meanwhile.
    execute(connection(), "UPDATE bookings_indexed SET seq = 0");
    execute(connection(), "DELETE FROM booking_words");
    const auto tables = copied_tables();
    for (std::size_t i = tables.size(); i > 0; --i) execute(connection(), tables[i - 1].clear());
  });
}

void ServerEnd::finish(const ChainLink& last, std::int64_t last_booking) {
  with_error_translation([&] {
    // Data that came from here once, and come back, are no longer elsewhere.
    execute(connection(),
            "UPDATE head SET revision = ?, last_booking = ?, last_event = ?, last_hash = ?,"
            " moved_to = ''",
            random_revision(), last_booking, last.id, Query::Blob{last.hash});
  });
}

void ServerEnd::with_error_translation(const std::function<void()>& work) {
  const auto at_server = [&](const std::string& sentence) {
    return Error(ErrorCode::unavailable, text_ + ": " + sentence);
  };
  try {
    work();
  } catch (const ServerFailure& failure) {
    if (failure.kind() == ServerFailure::Kind::no_rights) {
      report_(failure.what());
      throw at_server("The user " + user_ +
                      " may not fill the tables; set DB_ADMIN_USER and DB_ADMIN_PASSWORD to their"
                      " owner's, as for `hss migrate`");
    }
    throw at_server(translate(failure, "copy", report_).what());
  } catch (const ConnectionLost& failure) {
    report_(failure.what());
    throw at_server(
        "The connection was lost; say the command again, which finds out how far it"
        " came");
  } catch (const ConstraintViolation& failure) {
    report_(failure.what());
    throw at_server("The tables' own rules refuse a row; nothing was changed");
  } catch (const DamagedValue& value) {
    report_(text_ + ": " + value.what());
    throw at_server("The database has a value that HSS did not write; nothing was changed");
  }
}

}  // namespace hss::storage
