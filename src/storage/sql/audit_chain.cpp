#include "storage/sql/audit_chain.h"

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <unordered_map>
#include <utility>
#include <vector>

namespace hss::storage {
namespace {

using nlohmann::ordered_json;

/// The status that an event leaves its booking in; empty where it changes none.
std::string status_after(const domain::AuditEvent& event) {
  const auto payload = ordered_json::parse(event.payload, nullptr, false);
  const char* const member = event.type == "status_updated" ? "to" : "status";
  if (event.type == "notification" || !payload.is_object()) return {};
  return payload.value(member, std::string());
}

/// Calls `see` with each row of a query, which takes the number that the rows follow and a limit,
/// and returns the row's own number.
template <class See>
void see_all(Connection& connection, const char* sql, const See& see) {
  const std::int64_t limit = connection.rows_at_once();
  std::int64_t last = std::numeric_limits<std::int64_t>::min();
  for (std::int64_t seen = limit; seen == limit;) {
    seen = 0;
    for (Query rows(connection, sql, last, limit); rows.step(); ++seen) last = see(rows);
  }
}

/// The first difference from what the program writes, in a sentence.
class Violation : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Returns the number of bookings. Throws Violation.
std::int64_t compare_bookings(Connection& connection,
                              std::unordered_map<std::string, std::string>& recorded) {
  std::int64_t bookings = 0;
  see_all(connection, "SELECT seq, id, status FROM bookings WHERE seq > ? ORDER BY seq LIMIT ?",
          [&](const Query& row) {
            ++bookings;
            const std::string id = row.text(1);
            const auto found = recorded.find(id);
            if (found == recorded.end()) {
              throw Violation("Booking " + id + " was never submitted in the audit trail");
            }
            if (found->second != row.text(2)) {
              throw Violation("Booking " + id + " is " + row.text(2) +
                              ", but its last audit event says " + found->second);
            }
            recorded.erase(found);
            return row.integer(0);
          });
  if (recorded.empty()) return bookings;
  throw Violation("Booking " + recorded.begin()->first +
                  " is in the audit trail, but no longer in the database");
}

/// What a change's event says of the row beside it.
struct RecordedChange {
  std::string booking_id;
  std::int64_t version = 0;
  std::string hash;  ///< empty: nothing of it is personal
};

std::optional<RecordedChange> change_in(const domain::AuditEvent& event) {
  if (event.type != "booking_changed" || !event.booking_id) return std::nullopt;
  const auto payload = ordered_json::parse(event.payload, nullptr, false);
  if (!payload.is_object()) return std::nullopt;
  return RecordedChange{.booking_id = *event.booking_id,
                        .version = payload.value("version", std::int64_t{0}),
                        .hash = payload.value("personal_sha256", std::string())};
}

/// Throws Violation. A text that was erased leaves its hash behind.
void compare_changes(Connection& connection, const std::vector<RecordedChange>& changes) {
  for (const RecordedChange& change : changes) {
    Query row(connection,
              "SELECT c.salt, c.personal FROM booking_changes c WHERE c.version = ?"
              " AND c.booking_seq = (SELECT seq FROM bookings WHERE id = ?)",
              change.version, change.booking_id);
    const std::string which =
        "change " + std::to_string(change.version) + " of booking " + change.booking_id;
    if (!row.step()) throw Violation("The row of " + which + " is missing");
    const std::string personal = row.text(1);
    if (!personal.empty() && hash_of_personal(row.text(0), personal) != change.hash) {
      throw Violation("The row of " + which + " was changed");
    }
  }
}

}  // namespace

ChainLink last_link(Connection& connection) {
  Query last(connection, "SELECT id, hash FROM audit_events ORDER BY id DESC LIMIT 1");
  if (!last.step()) return {};
  return {.id = last.integer(0), .hash = last.blob(1)};
}

void append_to_chain(Connection& connection, ChainLink& last, const domain::Event& event,
                     std::optional<std::int64_t> booking_seq) {
  const domain::AuditEvent row{.id = last.id + 1,
                               .type = event.type,
                               .booking_id = event.booking_id,
                               .payload = payload_json(event.payload),
                               .actor = event.actor,
                               .actor_role = event.actor_role,
                               .request_id = event.request_id,
                               .created_at = event.created_at};
  std::string hash = chain_hash(row, last.hash);
#define INSERT_EVENT                                                                   \
  "INSERT INTO audit_events (id, event_type, booking_id, booking_seq, payload, actor," \
  " actor_role, request_id, created_at, previous_hash, hash)"
  if (row.booking_id && !booking_seq) {
    enqueue(connection,
            INSERT_EVENT
            " VALUES (?1, ?2, ?3, (SELECT seq FROM bookings WHERE id = ?3), ?4, ?5, ?6, ?7, ?8, ?9,"
            " ?10)",
            row.id, row.type, row.booking_id, row.payload, row.actor, row.actor_role,
            row.request_id, row.created_at, Query::Blob{last.hash}, Query::Blob{hash});
  } else {
    enqueue_row(connection, INSERT_EVENT " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row.id,
                row.type, row.booking_id, booking_seq, row.payload, row.actor, row.actor_role,
                row.request_id, row.created_at, Query::Blob{last.hash}, Query::Blob{hash});
  }
#undef INSERT_EVENT
  last = {.id = row.id, .hash = std::move(hash)};
}

domain::AuditEvent audit_event_of(const Query& row) {
  return {.id = row.integer(0),
          .type = row.text(1),
          .booking_id = row.optional_text(2),
          .payload = row.text(3),
          .actor = row.text(4),
          .actor_role = row.text(5),
          .request_id = row.text(6),
          .created_at = row.text(7)};
}

domain::AuditReport verify_chain(Connection& connection) {
  domain::AuditReport report;
  ChainLink last;
  std::unordered_map<std::string, std::string> recorded;
  std::vector<RecordedChange> changes;
  const auto check = [&](const Query& row) {
    const domain::AuditEvent event = audit_event_of(row);
    if (event.id != last.id + 1) {
      throw Violation("Audit event " + std::to_string(last.id + 1) + " is missing");
    }
    if (row.blob(8) != last.hash || row.blob(9) != chain_hash(event, last.hash)) {
      throw Violation("Audit event " + std::to_string(event.id) + " was changed");
    }
    last = {.id = event.id, .hash = row.blob(9)};
    ++report.events;
    if (const std::string status = status_after(event); event.booking_id && !status.empty()) {
      recorded[*event.booking_id] = status;
    }
    if (auto change = change_in(event)) changes.push_back(*std::move(change));
    return event.id;
  };
  try {
    see_all(connection,
            "SELECT " AUDIT_COLUMNS
            ", previous_hash, hash FROM audit_events WHERE id > ?"
            " ORDER BY id LIMIT ?",
            check);
    report.bookings = compare_bookings(connection, recorded);
    compare_changes(connection, changes);
  } catch (const Violation& violation) {
    report.violation = violation.what();
  }
  return report;
}

}  // namespace hss::storage
