#pragma once

#include "domain/residences/residence_store.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// The residences. `Interface` is domain::ResidenceReader, or domain::ResidenceWriter, which
/// includes it.
template <class Interface>
class ResidenceQueries : public Interface {
 public:
  explicit ResidenceQueries(Connection& connection) : connection_(connection) {}

  std::vector<domain::Residence> list() override;

 protected:
  Connection& connection_;
};

using SqlResidenceReader = ResidenceQueries<domain::ResidenceReader>;

class SqlResidenceWriter final : public ResidenceQueries<domain::ResidenceWriter> {
 public:
  using ResidenceQueries::ResidenceQueries;

  void replace(const std::vector<domain::Residence>& residences) override;
};

}  // namespace hss::storage
