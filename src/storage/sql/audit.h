#pragma once

#include "domain/events/audit_store.h"
#include "storage/sql/connection.h"
#include "storage/sql/tx_cache.h"

namespace hss::storage {

/// The audit trail. `Interface` is domain::AuditReader, or domain::AuditWriter, which includes it.
template <class Interface>
class AuditQueries : public Interface {
 public:
  explicit AuditQueries(Connection& connection) : connection_(connection) {}

  domain::Slice<domain::AuditEvent> list(const domain::AuditFilter& filter,
                                         const domain::Page& page) override;
  domain::AuditReport verify() override;

 protected:
  Connection& connection_;
};

using SqlAuditReader = AuditQueries<domain::AuditReader>;

class SqlAuditWriter final : public AuditQueries<domain::AuditWriter> {
 public:
  SqlAuditWriter(Connection& connection, TxCache& cache)
      : AuditQueries(connection), cache_(cache) {}

  void append(const domain::Event& event) override;

 private:
  TxCache& cache_;
};

}  // namespace hss::storage
