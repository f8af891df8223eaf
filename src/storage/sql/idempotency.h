#pragma once

#include "domain/idempotency_record.h"
#include "storage/sql/connection.h"

namespace hss::storage {

class SqlIdempotencyStore final : public domain::IdempotencyStore {
 public:
  explicit SqlIdempotencyStore(Connection& connection) : connection_(connection) {}

  std::optional<domain::IdempotencyRecord> find(std::string_view scope, std::string_view key,
                                                std::string_view not_before) override;
  void insert(const domain::IdempotencyRecord& answer, std::string_view not_before) override;
  std::optional<std::string> find_blocking(std::string_view holder, std::string_view not_before,
                                           int max) override;

 private:
  Connection& connection_;
};

}  // namespace hss::storage
