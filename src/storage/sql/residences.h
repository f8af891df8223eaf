#pragma once

#include "domain/residences/residence_store.h"
#include "storage/sql/connection.h"
#include "storage/sql/tx_cache.h"

namespace hss::storage {

class SqlResidenceReader final : public domain::ResidenceReader {
 public:
  explicit SqlResidenceReader(Connection& connection) : connection_(connection) {}

  std::vector<domain::Residence> list() override;
  std::optional<domain::Residence> find(std::string_view id) override;

 private:
  Connection& connection_;
};

class SqlResidenceWriter final : public domain::ResidenceWriter {
 public:
  SqlResidenceWriter(Connection& connection, TxCache& cache)
      : connection_(connection), cache_(cache) {}

  std::vector<domain::Residence> list() override { return cached(); }
  std::optional<domain::Residence> find(std::string_view id) override;
  void replace(const std::vector<domain::Residence>& residences) override;

 private:
  const std::vector<domain::Residence>& cached();

  Connection& connection_;
  TxCache& cache_;
};

}  // namespace hss::storage
