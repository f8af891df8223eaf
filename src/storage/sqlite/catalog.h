#pragma once

#include "domain/bookings/catalog_store.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/tx_cache.h"

namespace hss::storage {

class SqliteCatalogReader final : public domain::CatalogReader {
 public:
  /// `cache` is the transaction's; none for a separate view.
  explicit SqliteCatalogReader(Connection& connection, TxCache* cache = nullptr)
      : connection_(connection), cache_(cache) {}

  domain::Catalog get() override;

 private:
  domain::Catalog read();

  Connection& connection_;
  TxCache* const cache_;
};

}  // namespace hss::storage
