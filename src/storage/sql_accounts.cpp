#include "storage/sql_views.h"

namespace hss::storage {
namespace {

using domain::Account;

#define ACCOUNT_COLUMNS \
  "a.id, a.email, a.name, a.role, a.password_hash, a.pin_hash, a.enabled, a.created_at"
#define SELECT_ACCOUNTS "SELECT " ACCOUNT_COLUMNS " FROM accounts a "

Account account_of(const Query& row) {
  return {.id = row.text(0),
          .email = row.text(1),
          .name = row.text(2),
          .role = domain::find_role(row.text(3)).value(),
          .password_hash = row.text(4),
          .pin_hash = row.text(5),
          .enabled = row.integer(6) != 0,
          .created_at = row.text(7)};
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
  return first_account(Query(connection_, SELECT_ACCOUNTS "WHERE a.email = ?", email));
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
  Query row(connection_,
            "SELECT " ACCOUNT_COLUMNS
            ", s.id, s.is_device, s.device_name, s.device_session_id, s.created_at, s.expires_at"
            " FROM sessions s JOIN accounts a ON a.id = s.account_id WHERE s.id = ?",
            id);
  if (!row.step()) return std::nullopt;
  return domain::SignedIn{.session = {.id = row.text(8),
                                      .account_id = row.text(0),
                                      .is_device = row.integer(9) != 0,
                                      .device_name = row.text(10),
                                      .device_session_id = row.optional_text(11).value_or(""),
                                      .created_at = row.text(12),
                                      .expires_at = row.text(13)},
                          .account = account_of(row)};
}

template <class View>
domain::PinFailures SqlAccountView<View>::pin_failures(std::string_view account_id) {
  Query row(connection_, "SELECT pin_failures, pin_locked_until FROM accounts WHERE id = ?",
            account_id);
  if (!row.step()) return {};
  return {.count = static_cast<int>(row.integer(0)), .locked_until = row.text(1)};
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
    keys.push_back({.bytes = rows.blob(0), .created_at = rows.text(1)});
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
  execute(connection_,
          "UPDATE accounts SET name = ?, role = ?, password_hash = ?, pin_hash = ?, enabled = ?"
          " WHERE id = ?",
          account.name, domain::to_text(account.role), account.password_hash, account.pin_hash,
          account.enabled ? 1 : 0, account.id);
}

void SqlTx::set_pin_failures(std::string_view account_id, const domain::PinFailures& failures) {
  execute(connection_, "UPDATE accounts SET pin_failures = ?, pin_locked_until = ? WHERE id = ?",
          failures.count, failures.locked_until, account_id);
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
          session.id, session.account_id, session.is_device ? 1 : 0, session.device_name,
          unless_empty(session.device_session_id), session.created_at, session.expires_at);
}

void SqlTx::extend_session(std::string_view id, std::string_view expires_at) {
  execute(connection_, "UPDATE sessions SET expires_at = ? WHERE id = ?", expires_at, id);
}

void SqlTx::delete_session(std::string_view id) {
  execute(connection_, "DELETE FROM sessions WHERE id = ?", id);
}

void SqlTx::delete_sessions_on(std::string_view device_session_id) {
  execute(connection_, "DELETE FROM sessions WHERE device_session_id = ?", device_session_id);
}

void SqlTx::delete_sessions_of(std::string_view account_id, std::string_view except) {
  execute(connection_, "DELETE FROM sessions WHERE account_id = ? AND id <> ?", account_id, except);
}

void SqlTx::insert_link(const domain::OneTimeLink& link) {
  execute(connection_, "DELETE FROM one_time_links WHERE account_id IS ?", link.account_id);
  execute(connection_,
          "INSERT INTO one_time_links (token_hash, account_id, expires_at) VALUES (?, ?, ?)",
          link.token_hash, link.account_id, link.expires_at);
}

std::optional<domain::OneTimeLink> SqlTx::take_link(std::string_view token_hash,
                                                    std::string_view now) {
  auto link = find_link(token_hash);
  if (link && link->expires_at <= now) link.reset();
  execute(connection_, "DELETE FROM one_time_links WHERE token_hash = ? OR expires_at <= ?",
          token_hash, now);
  return link;
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
