#pragma once

#include "domain/accounts/account_store.h"
#include "storage/sql/connection.h"
#include "storage/sql/tx_cache.h"

namespace hss::storage {

/// Accounts and their credentials. `Interface` is domain::AccountReader, or domain::AccountWriter,
/// which includes it.
template <class Interface>
class AccountQueries : public Interface {
 public:
  explicit AccountQueries(Connection& connection) : connection_(connection) {}

  std::optional<domain::Account> find(std::string_view id) override;
  std::optional<domain::Account> find_by_email(std::string_view email) override;
  std::vector<domain::Account> list(std::string_view after, int limit) override;
  std::vector<domain::Account> list_pin_holders() override;
  bool has_administrator() override;
  domain::PinFailures pin_failures(std::string_view account_id, std::string_view kiosk_session_id,
                                   std::string_view since) override;
  bool has_trusted_device(std::string_view account_id, std::string_view hash,
                          std::string_view since) override;
  std::optional<domain::OneTimeLink> find_link(std::string_view token_hash) override;
  std::optional<domain::OneTimeLink> find_first_link() override;

 protected:
  Connection& connection_;
};

using SqlAccountReader = AccountQueries<domain::AccountReader>;

class SqlAccountWriter final : public AccountQueries<domain::AccountWriter> {
 public:
  SqlAccountWriter(Connection& connection, TxCache& cache)
      : AccountQueries(connection), cache_(cache) {}

  bool insert(const domain::Account& account) override;
  void update(const domain::Account& account) override;
  void insert_pin_failure(std::string_view account_id, std::string_view kiosk_session_id,
                          std::string_view failed_at, std::string_view since) override;
  void delete_pin_failures_on(std::string_view account_id,
                              std::string_view kiosk_session_id) override;
  void delete_pin_failures_of(std::string_view account_id) override;
  void put_trusted_device(const domain::TrustedDevice& mark, std::string_view since,
                          int max) override;
  void delete_trusted_devices_of(std::string_view account_id) override;
  void insert_link(const domain::OneTimeLink& link) override;
  void delete_link(std::string_view token_hash, std::string_view now) override;
  void delete_links_of(std::string_view account_id) override;

 private:
  TxCache& cache_;
};

}  // namespace hss::storage
