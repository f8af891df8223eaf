#pragma once

#include "domain/reports/report_store.h"
#include "storage/sql/connection.h"

namespace hss::storage {

class SqlReportReader final : public domain::ReportReader {
 public:
  explicit SqlReportReader(Connection& connection) : connection_(connection) {}

  domain::Overview overview() override;
  domain::Statistics statistics(const std::vector<std::string>& weeks) override;

 private:
  Connection& connection_;
};

}  // namespace hss::storage
