#pragma once

#include "domain/reports/report_store.h"
#include "storage/sqlite/connection.h"

namespace hss::storage {

class SqliteReportReader final : public domain::ReportReader {
 public:
  explicit SqliteReportReader(Connection& connection) : connection_(connection) {}

  domain::Overview overview() override;
  domain::Statistics statistics(const std::vector<std::string>& weeks) override;

 private:
  Connection& connection_;
};

}  // namespace hss::storage
