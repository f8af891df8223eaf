#include "storage/sql/reports.h"

#include <algorithm>

#include "storage/damage.h"
#include "storage/sql/new_bookings.h"

namespace hss::storage {

domain::Overview SqlReportReader::overview() {
  domain::Overview overview;
  for (const domain::Status status : domain::all_statuses) {
    overview.by_status.push_back({.status = status, .count = 0});
  }
  const auto add = [&overview](domain::Status status, std::int64_t count, domain::Money value) {
    overview.by_status[static_cast<std::size_t>(status)].count += count;
    overview.total_bookings += count;
    overview.gross_value += value;
    const bool is_off = status == domain::Status::declined || status == domain::Status::cancelled;
    if (!is_off) overview.booked_value += value;
  };
  std::size_t statuses = 0;
  for (Query rows(connection_, "SELECT status, count, value FROM status_totals"); rows.step();) {
    add(require_known(domain::find_status(rows.text(0)), "a status"), rows.integer(1),
        {rows.integer(2)});
    ++statuses;
  }
  if (statuses != overview.by_status.size()) throw_damage("a total that is missing");
  for (const auto& [status, bookings] : new_bookings_by_status(connection_)) {
    add(status, bookings.count, bookings.value);
  }
  for (Query rows(connection_, "SELECT value FROM payment_totals"); rows.step();) {
    overview.paid_revenue += {rows.integer(0)};
  }
  return overview;
}

domain::Statistics SqlReportReader::statistics(const std::vector<std::string>& weeks) {
  const BookingFigures fresh = count_new_bookings(connection_);
  const auto count_in = [](const auto& counts, const auto& what) {
    const auto found = counts.find(what);
    return found == counts.end() ? 0 : found->second;
  };
  domain::Statistics statistics;
  for (const std::string& week : weeks) {
    statistics.weeks.push_back({.week = week, .bookings = count_in(fresh.weeks, week)});
  }
  for (Query rows(connection_, "SELECT week, bookings, revenue FROM week_totals WHERE week >= ?",
                  weeks.front());
       rows.step();) {
    const std::string week_name = rows.text(0);
    const auto found = std::lower_bound(weeks.begin(), weeks.end(), week_name);
    if (found == weeks.end() || *found != week_name) continue;
    auto& week = statistics.weeks[static_cast<std::size_t>(found - weeks.begin())];
    week.bookings += rows.integer(1);
    week.revenue = {rows.integer(2)};
  }
  for (Query rows(connection_,
                  "SELECT item_type, label, coalesce(count, 0), offered FROM catalog_items"
                  " LEFT JOIN item_totals USING (item_type) ORDER BY position");
       rows.step();) {
    const std::string type = rows.text(0);
    const std::int64_t count = rows.integer(2) + count_in(fresh.items, type);
    if (rows.integer(3) == 0 && count == 0) continue;
    statistics.items.push_back({.type = type, .label = rows.text(1), .count = count});
  }
  for (int months = domain::min_months; months <= domain::max_months; ++months) {
    statistics.durations.push_back(
        {.duration_months = months, .count = count_in(fresh.durations, months)});
  }
  for (Query rows(connection_, "SELECT duration_months, count FROM duration_totals");
       rows.step();) {
    const auto at = static_cast<std::size_t>(rows.integer(0) - domain::min_months);
    if (at >= statistics.durations.size()) throw_damage("a number of months");
    statistics.durations[at].count += rows.integer(1);
  }
  return statistics;
}

}  // namespace hss::storage
