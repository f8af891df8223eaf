#pragma once

#include "domain/bookings/catalog_store.h"
#include "storage/sql/connection.h"
#include "storage/sql/tx_cache.h"

namespace hss::storage {

/// Says that the catalogue is about to be read.
void prefetch_catalog(Connection& connection);

class SqlCatalogReader final : public domain::CatalogReader {
 public:
  /// `cache` is the transaction's; none for a separate view.
  explicit SqlCatalogReader(Connection& connection, TxCache* cache = nullptr)
      : connection_(connection), cache_(cache) {}

  domain::Catalog get() override;

 private:
  domain::Catalog read();

  Connection& connection_;
  TxCache* const cache_;
};

}  // namespace hss::storage
