#include "storage/sqlite/audit_chain.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_map>
#include <utility>

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

std::optional<std::string> find_booking_violation(
    Connection& connection, std::unordered_map<std::string, std::string>& recorded,
    std::int64_t& bookings) {
  for (Query rows(connection, "SELECT id, status FROM bookings ORDER BY seq"); rows.step();) {
    ++bookings;
    const std::string id = rows.text(0);
    const auto found = recorded.find(id);
    if (found == recorded.end()) return "Booking " + id + " was never submitted in the audit trail";
    if (found->second != rows.text(1)) {
      return "Booking " + id + " is " + rows.text(1) + ", but its last audit event says " +
             found->second;
    }
    recorded.erase(found);
  }
  if (recorded.empty()) return std::nullopt;
  return "Booking " + recorded.begin()->first +
         " is in the audit trail, but no longer in the database";
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
  execute(
      connection,
      "INSERT INTO audit_events (id, event_type, booking_id, booking_seq, payload, actor,"
      " actor_role, request_id, created_at, previous_hash, hash)"
      " VALUES (?1, ?2, ?3, coalesce(?4, (SELECT seq FROM bookings WHERE id = ?3)), ?5, ?6, ?7, ?8,"
      " ?9, ?10, ?11)",
      row.id, row.type, row.booking_id, booking_seq, row.payload, row.actor, row.actor_role,
      row.request_id, row.created_at, Query::Blob{last.hash}, Query::Blob{hash});
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
  for (Query rows(connection,
                  "SELECT " AUDIT_COLUMNS ", previous_hash, hash FROM audit_events ORDER BY id");
       rows.step();) {
    const domain::AuditEvent event = audit_event_of(rows);
    if (event.id != last.id + 1) {
      report.violation = "Audit event " + std::to_string(last.id + 1) + " is missing";
      return report;
    }
    if (rows.blob(8) != last.hash || rows.blob(9) != chain_hash(event, last.hash)) {
      report.violation = "Audit event " + std::to_string(event.id) + " was changed";
      return report;
    }
    last = {.id = event.id, .hash = rows.blob(9)};
    ++report.events;
    if (const std::string status = status_after(event); event.booking_id && !status.empty()) {
      recorded[*event.booking_id] = status;
    }
  }
  report.violation = find_booking_violation(connection, recorded, report.bookings);
  return report;
}

}  // namespace hss::storage
