#pragma once

#include "domain/business/business_store.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// The business. `Interface` is domain::BusinessReader, or domain::BusinessWriter, which includes
/// it.
template <class Interface>
class BusinessQueries : public Interface {
 public:
  explicit BusinessQueries(Connection& connection) : connection_(connection) {}

  domain::Business get() override;

 protected:
  Connection& connection_;
};

using SqlBusinessReader = BusinessQueries<domain::BusinessReader>;

class SqlBusinessWriter final : public BusinessQueries<domain::BusinessWriter> {
 public:
  using BusinessQueries::BusinessQueries;

  void update(const domain::Business& business) override;
  void insert_terms(const domain::Terms& terms) override;
};

}  // namespace hss::storage
