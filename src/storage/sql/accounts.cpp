#include "storage/sql/accounts.h"

#include "domain/validation/unicode.h"
#include "storage/sql/account_row.h"
#include "storage/sql/page.h"

namespace hss::storage {
namespace {

using domain::Account;

#define SELECT_ACCOUNTS "SELECT " ACCOUNT_COLUMNS " FROM accounts a "

std::optional<Account> first_account(Query row) {
  if (!row.step()) return std::nullopt;
  return account_of(row);
}

std::vector<Account> all_accounts(Query rows) {
  std::vector<Account> accounts;
  while (rows.step()) accounts.push_back(account_of(rows));
  return accounts;
}

}  // namespace

template <class Interface>
std::optional<Account> AccountQueries<Interface>::find(std::string_view id) {
  return first_account(Query(connection_, SELECT_ACCOUNTS "WHERE a.id = ?", id));
}

template <class Interface>
std::optional<Account> AccountQueries<Interface>::find_by_email(std::string_view email) {
  const auto find = [&](std::string_view spelling) {
    return first_account(Query(connection_, SELECT_ACCOUNTS "WHERE a.email = ?", spelling));
  };
  if (auto account = find(email)) return account;
  // Up to version 6 an address was stored as it was typed, and some keyboards decompose é into a
  // letter and an accent.
  const std::string decomposed = domain::to_nfd(email);
  return decomposed == email ? std::nullopt : find(decomposed);
}

template <class Interface>
std::vector<Account> AccountQueries<Interface>::list(std::string_view after, int limit) {
  return all_accounts(Query(
      connection_, SELECT_ACCOUNTS "WHERE a.email > ? ORDER BY a.email LIMIT ?", after, limit));
}

template <class Interface>
std::vector<Account> AccountQueries<Interface>::list_pin_holders() {
  return all_accounts(
      Query(connection_, SELECT_ACCOUNTS
            "WHERE a.enabled = 1 AND a.pin_hash <> '' AND a.role <> 'customer' ORDER BY a.name"));
}

template <class Interface>
bool AccountQueries<Interface>::has_administrator() {
  Query row(connection_,
            "SELECT 1 FROM accounts WHERE role = 'admin' AND enabled = 1 AND password_hash <> ''");
  return row.step();
}

template <class Interface>
domain::PinFailures AccountQueries<Interface>::pin_failures(std::string_view account_id,
                                                            std::string_view kiosk_session_id,
                                                            std::string_view since) {
  Query row(connection_,
            "SELECT count(CASE WHEN device_session_id = ?1 THEN 1 END),"
            " max(CASE WHEN device_session_id = ?1 THEN failed_at END), count(*), max(failed_at)"
            " FROM pin_failures WHERE account_id = ?2 AND failed_at > ?3",
            kiosk_session_id, account_id, since);
  row.step();
  return {.on_kiosk = static_cast<int>(row.integer(0)),
          .last_on_kiosk = row.optional_time(1).value_or(""),
          .on_all = static_cast<int>(row.integer(2)),
          .last_on_all = row.optional_time(3).value_or("")};
}

template <class Interface>
bool AccountQueries<Interface>::has_trusted_device(std::string_view account_id,
                                                   std::string_view hash, std::string_view since) {
  Query row(connection_,
            "SELECT 1 FROM device_marks WHERE mark_hash = ? AND account_id = ? AND used_at > ?",
            hash, account_id, since);
  return row.step();
}

template <class Interface>
std::optional<domain::OneTimeLink> AccountQueries<Interface>::find_link(
    std::string_view token_hash) {
  Query row(connection_, "SELECT account_id, expires_at FROM one_time_links WHERE token_hash = ?",
            token_hash);
  if (!row.step()) return std::nullopt;
  return domain::OneTimeLink{.token_hash = std::string(token_hash),
                             .account_id = row.optional_text(0),
                             .expires_at = row.text(1)};
}

template <class Interface>
std::optional<domain::OneTimeLink> AccountQueries<Interface>::find_first_link() {
  Query row(connection_,
            "SELECT token_hash, expires_at FROM one_time_links WHERE account_id IS NULL");
  if (!row.step()) return std::nullopt;
  return domain::OneTimeLink{
      .token_hash = row.text(0), .account_id = std::nullopt, .expires_at = row.text(1)};
}

bool SqlAccountWriter::insert(const Account& account) {
  Query taken(connection_, "SELECT 1 FROM accounts WHERE id = ? OR email = ?", account.id,
              account.email);
  if (taken.step()) return false;
  enqueue(connection_,
          "INSERT INTO accounts (id, email, name, role, password_hash, pin_hash, enabled,"
          " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          account.id, account.email, account.name, domain::to_text(account.role),
          account.password_hash, account.pin_hash, account.enabled ? 1 : 0, account.created_at);
  return true;
}

void SqlAccountWriter::update(const Account& account) {
  if (!connection_.has_triggers()) {
    enqueue(connection_,
            "UPDATE rights_revision SET revision = revision + 1 WHERE EXISTS (SELECT 1"
            " FROM accounts WHERE id = ? AND (role <> ? OR enabled <> ?))",
            account.id, domain::to_text(account.role), account.enabled ? 1 : 0);
  }
  cache_.note_rights(
      execute(connection_,
              "UPDATE accounts SET email = ?, name = ?, role = ?, password_hash = ?, pin_hash = ?,"
              " enabled = ? WHERE id = ?",
              account.email, account.name, domain::to_text(account.role), account.password_hash,
              account.pin_hash, account.enabled ? 1 : 0, account.id));
}

void SqlAccountWriter::insert_pin_failure(std::string_view account_id,
                                          std::string_view kiosk_session_id,
                                          std::string_view failed_at, std::string_view since) {
  enqueue(connection_, "DELETE FROM pin_failures WHERE account_id = ? AND failed_at <= ?",
          account_id, since);
  enqueue(connection_,
          "INSERT INTO pin_failures (account_id, device_session_id, failed_at) VALUES (?, ?, ?)",
          account_id, kiosk_session_id, failed_at);
}

void SqlAccountWriter::delete_pin_failures_on(std::string_view account_id,
                                              std::string_view kiosk_session_id) {
  enqueue(connection_, "DELETE FROM pin_failures WHERE account_id = ? AND device_session_id = ?",
          account_id, kiosk_session_id);
}

void SqlAccountWriter::delete_pin_failures_of(std::string_view account_id) {
  enqueue(connection_, "DELETE FROM pin_failures WHERE account_id = ?", account_id);
}

void SqlAccountWriter::put_trusted_device(const domain::TrustedDevice& trusted_device,
                                          std::string_view since, int max) {
  if (execute(connection_, "UPDATE device_marks SET used_at = ? WHERE mark_hash = ?",
              trusted_device.used_at, trusted_device.hash) == 0) {
    enqueue(connection_,
            "INSERT INTO device_marks (mark_hash, account_id, used_at) VALUES (?, ?, ?)",
            trusted_device.hash, trusted_device.account_id, trusted_device.used_at);
  }
  enqueue(connection_, "DELETE FROM device_marks WHERE account_id = ? AND used_at <= ?",
          trusted_device.account_id, since);
  enqueue(connection_,
          "DELETE FROM device_marks WHERE mark_hash IN (SELECT mark_hash FROM (SELECT mark_hash"
          " FROM device_marks WHERE account_id = ?2 AND mark_hash <> ?1 ORDER BY used_at DESC"
          " LIMIT ?4 OFFSET ?3) AS oldest)",
          trusted_device.hash, trusted_device.account_id, max - 1, all_rows);
}

void SqlAccountWriter::delete_trusted_devices_of(std::string_view account_id) {
  enqueue(connection_, "DELETE FROM device_marks WHERE account_id = ?", account_id);
}

void SqlAccountWriter::insert_link(const domain::OneTimeLink& link) {
  if (link.account_id) {
    delete_links_of(*link.account_id);
  } else {
    enqueue(connection_, "DELETE FROM one_time_links WHERE account_id IS NULL");
  }
  enqueue(connection_,
          "INSERT INTO one_time_links (token_hash, account_id, expires_at) VALUES (?, ?, ?)",
          link.token_hash, link.account_id, link.expires_at);
}

void SqlAccountWriter::delete_link(std::string_view token_hash, std::string_view now) {
  enqueue(connection_, "DELETE FROM one_time_links WHERE token_hash = ? OR expires_at <= ?",
          token_hash, now);
}

void SqlAccountWriter::delete_links_of(std::string_view account_id) {
  enqueue(connection_, "DELETE FROM one_time_links WHERE account_id = ?", account_id);
}

template class AccountQueries<domain::AccountReader>;
template class AccountQueries<domain::AccountWriter>;

}  // namespace hss::storage
