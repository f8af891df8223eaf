#pragma once

#include "domain/bookings/catalog_store.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/tx_cache.h"

namespace hss::storage {

class SqliteCatalogReader final : public domain::CatalogReader {
 public:
  /// `cache`: of the transaction that it reads in; none for a view of its own.
  explicit SqliteCatalogReader(Connection& connection, TxCache* cache = nullptr)
      : connection_(connection), cache_(cache) {}

  domain::Catalog get() override;

 private:
  domain::Catalog read();

  Connection& connection_;
  TxCache* const cache_;
};

}  // namespace hss::storage
