#include "storage/sql/sessions.h"

#include "storage/sql/account_row.h"
#include "storage/sql/page.h"

namespace hss::storage {
namespace {

#define SELECT_SESSIONS                                                                       \
  "SELECT " ACCOUNT_COLUMNS                                                                   \
  ", s.id, s.is_device, s.device_name, s.device_session_id, s.created_at, s.expires_at FROM " \
  "sessions s JOIN accounts a ON a.id = s.account_id "

domain::SignedIn signed_in_of(const Query& row) {
  return {.session = {.id = row.text(8),
                      .account_id = row.text(0),
                      .is_kiosk = row.integer(9) != 0,
                      .kiosk_name = row.text(10),
                      .kiosk_session_id = row.optional_text(11).value_or(""),
                      .created_at = row.time(12),
                      .expires_at = row.time(13)},
          .account = account_of(row)};
}

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

template <class Interface>
std::optional<domain::SignedIn> SessionQueries<Interface>::find(std::string_view id) {
  Query row(connection_, SELECT_SESSIONS "WHERE s.id = ?", id);
  if (!row.step()) {
    require_whole(
        Query(connection_, "SELECT id FROM sessions WHERE id < ? ORDER BY id DESC LIMIT 1", id));
    return std::nullopt;
  }
  return signed_in_of(row);
}

template <class Interface>
std::vector<domain::SignedIn> SessionQueries<Interface>::list_kiosks(std::string_view now) {
  std::vector<domain::SignedIn> kiosks;
  for (Query rows(connection_,
                  SELECT_SESSIONS
                  "WHERE s.is_device = 1 AND s.expires_at > ? ORDER BY s.created_at DESC, s.id",
                  now);
       rows.step();) {
    kiosks.push_back(signed_in_of(rows));
  }
  return kiosks;
}

template <class Interface>
std::int64_t SessionQueries<Interface>::rights_revision() {
  Query row(connection_, "SELECT revision FROM rights_revision");
  row.step();
  return row.integer(0);
}

void SqlSessionWriter::insert(const domain::Session& session, std::string_view now) {
  // Deletes two for each one in, as for idempotency records.
  enqueue(connection_,
          "DELETE FROM sessions WHERE id IN (SELECT id FROM (SELECT id FROM sessions"
          " WHERE expires_at <= ? ORDER BY expires_at LIMIT 2) AS expired)",
          now);
  enqueue(connection_,
          "INSERT INTO sessions (id, account_id, is_device, device_name, device_session_id,"
          " created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
          session.id, session.account_id, session.is_kiosk ? 1 : 0, session.kiosk_name,
          unless_empty(session.kiosk_session_id), session.created_at, session.expires_at);
}

void SqlSessionWriter::extend(std::string_view id, std::string_view expires_at) {
  enqueue(connection_, "UPDATE sessions SET expires_at = ? WHERE id = ?", expires_at, id);
}

void SqlSessionWriter::remove(std::string_view id) {
  end_sessions(execute(connection_, "DELETE FROM sessions WHERE id = ?", id));
}

void SqlSessionWriter::remove_unlocked_on(std::string_view kiosk_session_id) {
  end_sessions(
      execute(connection_, "DELETE FROM sessions WHERE device_session_id = ?", kiosk_session_id));
}

void SqlSessionWriter::remove_all_of(std::string_view account_id) {
  end_sessions(execute(connection_, "DELETE FROM sessions WHERE account_id = ?", account_id));
}

void SqlSessionWriter::remove_oldest_of(std::string_view account_id, int max) {
  end_sessions(execute(connection_,
                       "DELETE FROM sessions WHERE id IN (SELECT id FROM (SELECT id FROM sessions"
                       " WHERE account_id = ? AND is_device = 0 AND device_session_id IS NULL"
                       " ORDER BY created_at DESC LIMIT ? OFFSET ?) AS oldest)",
                       account_id, all_rows, max));
}

/// Called with the number of sessions that a statement has ended.
void SqlSessionWriter::end_sessions(int ended) {
  cache_.note_rights(ended);
  if (ended > 0 && !connection_.has_triggers()) {
    enqueue(connection_, "UPDATE rights_revision SET revision = revision + 1");
  }
}

template class SessionQueries<domain::SessionReader>;
template class SessionQueries<domain::SessionWriter>;

}  // namespace hss::storage
