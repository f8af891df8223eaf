#pragma once

#include "domain/catalog/catalog_store.h"
#include "storage/sql/connection.h"
#include "storage/sql/tx_cache.h"

namespace hss::storage {

/// Says that the catalogue is about to be read.
void prefetch_catalog(Connection& connection);

class SqlCatalogReader final : public domain::CatalogReader {
 public:
  explicit SqlCatalogReader(Connection& connection) : connection_(connection) {}

  domain::Catalog get() override;

 private:
  Connection& connection_;
};

class SqlCatalogWriter final : public domain::CatalogWriter {
 public:
  SqlCatalogWriter(Connection& connection, TxCache& cache)
      : connection_(connection), cache_(cache) {}

  domain::Catalog get() override;
  void save(const domain::Catalog& catalog) override;

 private:
  Connection& connection_;
  TxCache& cache_;
};

}  // namespace hss::storage
