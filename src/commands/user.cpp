#include <chrono>
#include <filesystem>
#include <functional>
#include <iomanip>
#include <iostream>
#include <string>

#include "app/password_hashing.h"
#include "auth/secret.h"
#include "commands/commands.h"
#include "commands/report.h"
#include "crypto/digest.h"
#include "domain/accounts/account_service.h"
#include "domain/error.h"
#include "domain/validation/text.h"
#include "platform/terminal.h"
#include "storage/open_store.h"
#include "storage/sqlite/migrations.h"

namespace hss::commands {
namespace {

using domain::Account;
using domain::Error;
using domain::ErrorCode;

/// The actor in the audit trail for whoever runs the command on this machine.
const domain::Caller at_the_machine{
    .principal = {.account = "command line", .role = domain::Role::admin},
    .request_id = "command-line"};

/// The database and its use cases.
struct Users {
  explicit Users(const Config& config)
      : owned(storage::open_store(config.place(), report)),
        service([] { return std::chrono::system_clock::now(); }, crypto::fill_random,
                config.kiosk_lock_after) {}

  const std::unique_ptr<storage::Store> owned;
  domain::Store& store = *owned;
  domain::AccountService service;
};

void require_file(const Config& config) {
  if (config.server) return;
  storage::require_current(config.db, storage::hss_schema(), report);
}

std::string checked_email(const Config& config) {
  return domain::normal_email(domain::trim(config.user.email));
}

Account find_user(domain::Reader& reader, const std::string& email) {
  if (auto account = reader.accounts().find_by_email(email)) return *std::move(account);
  throw Error(ErrorCode::not_found, "There is no account " + email + "; see hss user list");
}

std::string read_line() {
  std::string line;
  std::getline(std::cin, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::string ask_unseen(const char* question) {
  std::cerr << question << std::flush;
  const platform::UnseenInput unseen;
  std::string line = read_line();
  std::cerr << '\n';
  return line;
}

std::string ask_password(const Config& config, const domain::NewAccount& person) {
  std::string password;
  if (config.user.password_from_stdin) {
    password = read_line();
  } else if (platform::is_terminal(platform::StandardStream::input)) {
    password = ask_unseen("Password: ");
    if (ask_unseen("Again: ") != password) {
      throw Error(ErrorCode::validation_error, "The two passwords differ; nothing was changed");
    }
  } else {
    throw Error(ErrorCode::validation_error,
                "There is no terminal to ask for a password; use --password-stdin");
  }
  const auto error = domain::password_error(password, person.email, person.name);
  if (!error.empty()) throw Error(ErrorCode::validation_error, "The " + error);
  return password;
}

}  // namespace

int add_user(const Config& config) {
  // The first account may be created before the server's first start.
  if (std::filesystem::exists(config.db)) require_file(config);
  domain::ValidationErrors errors;
  auto person = domain::check_person(config.user.name, config.user.email, errors);
  person.role = domain::find_role(config.user.role).value();
  if (const auto& found = errors.all(); !found.empty()) {
    throw Error(ErrorCode::validation_error, "The " + found.front());
  }
  const std::string hash = app::scrypt_hashing().hash(ask_password(config, person));
  Users users(config);
  users.store.transact(
      [&](domain::Tx& tx) { users.service.add(tx, person, hash, at_the_machine); });
  std::cout << person.email << " can sign in as " << domain::to_text(person.role) << '\n';
  return 0;
}

int list_users(const Config& config) {
  require_file(config);
  Users users(config);
  constexpr int page = 200;
  std::string after;
  for (;;) {
    const auto accounts = users.store.read(
        [&](domain::Reader& reader) { return reader.accounts().list(after, page); });
    for (const Account& account : accounts) {
      std::cout << std::left << std::setw(9) << domain::to_text(account.role) << std::setw(12)
                << (!account.enabled                ? "disabled"
                    : account.password_hash.empty() ? "no password"
                                                    : "enabled")
                << account.email << "  " << account.name << '\n';
    }
    if (accounts.size() < page) return 0;
    after = accounts.back().email;
  }
}

int set_user_password(const Config& config) {
  require_file(config);
  Users users(config);
  const std::string email = checked_email(config);
  const Account account =
      users.store.read([&](domain::Reader& reader) { return find_user(reader, email); });
  const std::string hash = app::scrypt_hashing().hash(
      ask_password(config, {.name = account.name, .email = account.email}));
  users.store.transact(
      [&](domain::Tx& tx) { users.service.set_password(tx, account.id, hash, at_the_machine); });
  std::cout << email << " has a new password and is signed out everywhere\n";
  return 0;
}

int enable_user(const Config& config, bool enabled) {
  require_file(config);
  Users users(config);
  const std::string email = checked_email(config);
  users.store.transact([&](domain::Tx& tx) {
    users.service.change(tx, find_user(tx, email).id, {.enabled = enabled}, at_the_machine);
  });
  std::cout << email << (enabled ? " can sign in again\n" : " is signed out and cannot sign in\n");
  return 0;
}

int make_user_link(const Config& config) {
  require_file(config);
  Users users(config);
  const std::string email = checked_email(config);
  const auth::Secret secret = auth::new_secret(crypto::fill_random);
  users.store.transact([&](domain::Tx& tx) {
    users.service.make_link(tx, find_user(tx, email).id, secret.hash, at_the_machine);
  });
  std::cout << "Put the server's address before this link, and send it to " << email
            << "; it sets a new password once, within 15 minutes:\n"
            << config.base_path << "/welcome#" << secret.text << '\n';
  return 0;
}

}  // namespace hss::commands
