#pragma once

#include "domain/accounts/session_store.h"
#include "storage/sql/connection.h"
#include "storage/sql/tx_cache.h"

namespace hss::storage {

/// Sessions and kiosks. `Interface` is domain::SessionReader, or domain::SessionWriter, which
/// includes it.
template <class Interface>
class SessionQueries : public Interface {
 public:
  explicit SessionQueries(Connection& connection) : connection_(connection) {}

  std::optional<domain::SignedIn> find(std::string_view id) override;
  std::vector<domain::SignedIn> list_kiosks(std::string_view now) override;
  std::int64_t rights_revision() override;

 protected:
  Connection& connection_;
};

using SqlSessionReader = SessionQueries<domain::SessionReader>;

class SqlSessionWriter final : public SessionQueries<domain::SessionWriter> {
 public:
  SqlSessionWriter(Connection& connection, TxCache& cache)
      : SessionQueries(connection), cache_(cache) {}

  void insert(const domain::Session& session, std::string_view now) override;
  void extend(std::string_view id, std::string_view expires_at) override;
  void remove(std::string_view id) override;
  void remove_unlocked_on(std::string_view kiosk_session_id) override;
  void remove_all_of(std::string_view account_id) override;
  void remove_oldest_of(std::string_view account_id, int max) override;

 private:
  void end_sessions(int ended);

  TxCache& cache_;
};

}  // namespace hss::storage
