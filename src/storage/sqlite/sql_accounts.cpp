#include "domain/validation/unicode.h"
#include "storage/sqlite/failure.h"
#include "storage/sqlite/sql_views.h"

namespace hss::storage {
namespace {

using domain::Account;

#define ACCOUNT_COLUMNS \
  "a.id, a.email, a.name, a.role, a.password_hash, a.pin_hash, a.enabled, a.created_at"
#define SELECT_ACCOUNTS "SELECT " ACCOUNT_COLUMNS " FROM accounts a "
#define SELECT_SESSIONS                                                                       \
  "SELECT " ACCOUNT_COLUMNS                                                                   \
  ", s.id, s.is_device, s.device_name, s.device_session_id, s.created_at, s.expires_at FROM " \
  "sessions s JOIN accounts a ON a.id = s.account_id "

Account account_of(const Query& row) {
  return {.id = row.text(0),
          .email = row.text(1),
          .name = row.text(2),
          .role = require_known(domain::find_role(row.text(3)), "a role"),
          .password_hash = row.text(4),
          .pin_hash = row.text(5),
          .enabled = row.integer(6) != 0,
          .created_at = row.text(7)};
}

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

std::optional<Account> first_account(Query row) {
  if (!row.step()) return std::nullopt;
  return account_of(row);
}

std::vector<Account> all_accounts(Query rows) {
  std::vector<Account> accounts;
  while (rows.step()) accounts.push_back(account_of(rows));
  return accounts;
}

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

template <class View>
std::optional<Account> SqlAccountView<View>::find_account(std::string_view id) {
  return first_account(Query(connection_, SELECT_ACCOUNTS "WHERE a.id = ?", id));
}

template <class View>
std::optional<Account> SqlAccountView<View>::find_account_by_email(std::string_view email) {
  const auto find = [&](std::string_view spelling) {
    return first_account(Query(connection_, SELECT_ACCOUNTS "WHERE a.email = ?", spelling));
  };
  if (auto account = find(email)) return account;
  // Up to version 6 an address was kept as the keyboard made it, and some make a letter and an
  // accent of é.
  const std::string decomposed = domain::to_nfd(email);
  return decomposed == email ? std::nullopt : find(decomposed);
}

template <class View>
std::vector<Account> SqlAccountView<View>::list_accounts(std::string_view after, int limit) {
  return all_accounts(Query(
      connection_, SELECT_ACCOUNTS "WHERE a.email > ? ORDER BY a.email LIMIT ?", after, limit));
}

template <class View>
std::vector<Account> SqlAccountView<View>::list_pin_holders() {
  return all_accounts(
      Query(connection_, SELECT_ACCOUNTS
            "WHERE a.enabled = 1 AND a.pin_hash <> '' AND a.role <> 'customer' ORDER BY a.name"));
}

template <class View>
bool SqlAccountView<View>::has_administrator() {
  Query row(connection_,
            "SELECT 1 FROM accounts WHERE role = 'admin' AND enabled = 1 AND password_hash <> ''");
  return row.step();
}

template <class View>
std::optional<domain::SignedIn> SqlAccountView<View>::find_session(std::string_view id) {
  Query row(connection_, SELECT_SESSIONS "WHERE s.id = ?", id);
  if (!row.step()) {
    require_whole(
        Query(connection_, "SELECT id FROM sessions WHERE id < ? ORDER BY id DESC LIMIT 1", id));
    return std::nullopt;
  }
  return signed_in_of(row);
}

template <class View>
std::vector<domain::SignedIn> SqlAccountView<View>::list_kiosks(std::string_view now) {
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

template <class View>
std::int64_t SqlAccountView<View>::rights_revision() {
  Query row(connection_, "SELECT revision FROM rights_revision");
  row.step();
  return row.integer(0);
}

template <class View>
domain::PinFailures SqlAccountView<View>::pin_failures(std::string_view account_id,
                                                       std::string_view kiosk_session_id,
                                                       std::string_view since) {
  Query row(connection_,
            "SELECT count(*) FILTER (WHERE device_session_id = ?1),"
            " max(failed_at) FILTER (WHERE device_session_id = ?1), count(*), max(failed_at)"
            " FROM pin_failures WHERE account_id = ?2 AND failed_at > ?3",
            kiosk_session_id, account_id, since);
  row.step();
  return {.on_kiosk = static_cast<int>(row.integer(0)),
          .last_on_kiosk = row.optional_time(1).value_or(""),
          .on_all = static_cast<int>(row.integer(2)),
          .last_on_all = row.optional_time(3).value_or("")};
}

template <class View>
bool SqlAccountView<View>::has_trusted_device(std::string_view account_id, std::string_view hash,
                                              std::string_view since) {
  Query row(connection_,
            "SELECT 1 FROM device_marks WHERE mark_hash = ? AND account_id = ? AND used_at > ?",
            hash, account_id, since);
  return row.step();
}

template <class View>
std::optional<domain::OneTimeLink> SqlAccountView<View>::find_link(std::string_view token_hash) {
  Query row(connection_, "SELECT account_id, expires_at FROM one_time_links WHERE token_hash = ?",
            token_hash);
  if (!row.step()) return std::nullopt;
  return domain::OneTimeLink{.token_hash = std::string(token_hash),
                             .account_id = row.optional_text(0),
                             .expires_at = row.text(1)};
}

template <class View>
std::vector<domain::TokenKey> SqlAccountView<View>::token_keys(std::string_view now) {
  std::vector<domain::TokenKey> keys;
  for (Query rows(connection_,
                  "SELECT bytes, created_at FROM token_keys"
                  " WHERE retires_at IS NULL OR retires_at > ? ORDER BY id DESC",
                  now);
       rows.step();) {
    keys.push_back({.bytes = rows.secret(0), .created_at = rows.text(1)});
  }
  return keys;
}

bool SqlTx::insert_account(const Account& account) {
  return execute(connection_,
                 "INSERT INTO accounts (id, email, name, role, password_hash, pin_hash, enabled,"
                 " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                 account.id, account.email, account.name, domain::to_text(account.role),
                 account.password_hash, account.pin_hash, account.enabled ? 1 : 0,
                 account.created_at) == 1;
}

void SqlTx::update_account(const Account& account) {
  note_rights(
      execute(connection_,
              "UPDATE accounts SET email = ?, name = ?, role = ?, password_hash = ?, pin_hash = ?,"
              " enabled = ? WHERE id = ?",
              account.email, account.name, domain::to_text(account.role), account.password_hash,
              account.pin_hash, account.enabled ? 1 : 0, account.id));
}

void SqlTx::insert_pin_failure(std::string_view account_id, std::string_view kiosk_session_id,
                               std::string_view failed_at, std::string_view since) {
  execute(connection_, "DELETE FROM pin_failures WHERE account_id = ? AND failed_at <= ?",
          account_id, since);
  execute(connection_,
          "INSERT INTO pin_failures (account_id, device_session_id, failed_at) VALUES (?, ?, ?)",
          account_id, kiosk_session_id, failed_at);
}

void SqlTx::delete_pin_failures_on(std::string_view account_id, std::string_view kiosk_session_id) {
  execute(connection_, "DELETE FROM pin_failures WHERE account_id = ? AND device_session_id = ?",
          account_id, kiosk_session_id);
}

void SqlTx::delete_pin_failures_of(std::string_view account_id) {
  execute(connection_, "DELETE FROM pin_failures WHERE account_id = ?", account_id);
}

void SqlTx::put_trusted_device(const domain::TrustedDevice& trusted_device, std::string_view since,
                               int max) {
  execute(connection_,
          "INSERT INTO device_marks (mark_hash, account_id, used_at) VALUES (?, ?, ?)"
          " ON CONFLICT (mark_hash) DO UPDATE SET used_at = excluded.used_at",
          trusted_device.hash, trusted_device.account_id, trusted_device.used_at);
  execute(connection_, "DELETE FROM device_marks WHERE account_id = ? AND used_at <= ?",
          trusted_device.account_id, since);
  execute(connection_,
          "DELETE FROM device_marks WHERE mark_hash IN (SELECT mark_hash FROM"
          " device_marks WHERE account_id = ?2 AND mark_hash <> ?1 ORDER BY used_at DESC"
          " LIMIT -1 OFFSET ?3)",
          trusted_device.hash, trusted_device.account_id, max - 1);
}

void SqlTx::delete_trusted_devices_of(std::string_view account_id) {
  execute(connection_, "DELETE FROM device_marks WHERE account_id = ?", account_id);
}

void SqlTx::insert_session(const domain::Session& session, std::string_view now) {
  // Two out for one in, as remembered answers have it.
  execute(connection_,
          "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at <= ?"
          " ORDER BY expires_at LIMIT 2)",
          now);
  execute(connection_,
          "INSERT INTO sessions (id, account_id, is_device, device_name, device_session_id,"
          " created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
          session.id, session.account_id, session.is_kiosk ? 1 : 0, session.kiosk_name,
          unless_empty(session.kiosk_session_id), session.created_at, session.expires_at);
}

void SqlTx::extend_session(std::string_view id, std::string_view expires_at) {
  execute(connection_, "UPDATE sessions SET expires_at = ? WHERE id = ?", expires_at, id);
}

void SqlTx::delete_session(std::string_view id) {
  note_rights(execute(connection_, "DELETE FROM sessions WHERE id = ?", id));
}

void SqlTx::delete_sessions_on(std::string_view kiosk_session_id) {
  note_rights(
      execute(connection_, "DELETE FROM sessions WHERE device_session_id = ?", kiosk_session_id));
}

void SqlTx::delete_sessions_of(std::string_view account_id) {
  note_rights(execute(connection_, "DELETE FROM sessions WHERE account_id = ?", account_id));
}

void SqlTx::delete_oldest_sessions_of(std::string_view account_id, int max) {
  note_rights(
      execute(connection_,
              "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE account_id = ?"
              " AND is_device = 0 AND device_session_id IS NULL ORDER BY created_at DESC"
              " LIMIT -1 OFFSET ?)",
              account_id, max));
}

void SqlTx::insert_link(const domain::OneTimeLink& link) {
  execute(connection_, "DELETE FROM one_time_links WHERE account_id IS ?", link.account_id);
  execute(connection_,
          "INSERT INTO one_time_links (token_hash, account_id, expires_at) VALUES (?, ?, ?)",
          link.token_hash, link.account_id, link.expires_at);
}

void SqlTx::delete_link(std::string_view token_hash, std::string_view now) {
  execute(connection_, "DELETE FROM one_time_links WHERE token_hash = ? OR expires_at <= ?",
          token_hash, now);
}

void SqlTx::delete_links_of(std::string_view account_id) {
  execute(connection_, "DELETE FROM one_time_links WHERE account_id = ?", account_id);
}

void SqlTx::insert_token_key(const domain::TokenKey& key, std::string_view retires_at) {
  execute(connection_, "DELETE FROM token_keys WHERE retires_at <= ?", key.created_at);
  execute(connection_, "UPDATE token_keys SET retires_at = ? WHERE retires_at IS NULL", retires_at);
  execute(connection_, "INSERT INTO token_keys (bytes, created_at) VALUES (?, ?)",
          Query::Blob{key.bytes}, key.created_at);
}

template class SqlAccountView<domain::Reader>;
template class SqlAccountView<domain::Tx>;

}  // namespace hss::storage
