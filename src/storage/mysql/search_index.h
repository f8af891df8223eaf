#pragma once

#include "storage/server/search_index.h"

namespace hss::storage {

class MysqlSearchIndex final : public ServerSearchIndex {
 public:
  void insert(Connection& connection, const std::vector<Entry>& bookings) const override;
};

}  // namespace hss::storage
