#pragma once

#include "domain/accounts/token_key_store.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// The signing keys of tokens. `Interface` is domain::TokenKeyReader, or domain::TokenKeyWriter,
/// which includes it.
template <class Interface>
class TokenKeyQueries : public Interface {
 public:
  explicit TokenKeyQueries(Connection& connection) : connection_(connection) {}

  std::vector<domain::TokenKey> list(std::string_view now) override;

 protected:
  Connection& connection_;
};

using SqlTokenKeyReader = TokenKeyQueries<domain::TokenKeyReader>;

class SqlTokenKeyWriter final : public TokenKeyQueries<domain::TokenKeyWriter> {
 public:
  using TokenKeyQueries::TokenKeyQueries;

  void insert(const domain::TokenKey& key, std::string_view retires_at) override;
};

}  // namespace hss::storage
