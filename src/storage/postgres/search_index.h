#pragma once

#include "storage/server/search_index.h"

namespace hss::storage {

class PostgresSearchIndex final : public ServerSearchIndex {
 public:
  void insert(Connection& connection, std::int64_t seq, const std::string& words) const override;
};

}  // namespace hss::storage
