#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/bookings/booking.h"
#include "domain/money.h"

namespace hss::domain {

struct StatusCount {
  Status status = Status::submitted;
  std::int64_t count = 0;
};

struct Overview {
  std::int64_t total_bookings = 0;
  Money gross_value;                   ///< of every booking ever made, whatever became of it
  Money booked_value;                  ///< of those that were neither declined nor cancelled
  Money paid_revenue;                  ///< every payment captured
  std::vector<StatusCount> by_status;  ///< all statuses, in the order of the lifecycle
};

struct WeekFigures {
  std::string week;           ///< as to_week() gives it
  std::int64_t bookings = 0;  ///< made in it
  Money revenue;              ///< payments captured in it
};

struct ItemFigures {
  std::string type;
  std::string label;
  std::int64_t count = 0;  ///< in all bookings ever made
};

struct DurationFigures {
  int duration_months = min_months;
  std::int64_t count = 0;  ///< bookings for this many months
};

struct Statistics {
  std::vector<WeekFigures> weeks;
  std::vector<ItemFigures> items;  ///< of each type that is or was booked, as in the catalogue
  std::vector<DurationFigures> durations;  ///< min_months to max_months
};

/// Figures that cost the same at any number of bookings.
class ReportReader {
 public:
  virtual ~ReportReader() = default;

  virtual Overview overview() = 0;
  /// Counts these weeks, as last_weeks() gives them.
  virtual Statistics statistics(const std::vector<std::string>& weeks) = 0;
};

}  // namespace hss::domain
