#include "api/reports/overview.h"

#include <nlohmann/json.hpp>

#include "api/http/json.h"

namespace hss::api {

namespace {

/// The state of the automatic backups; null if the server makes none.
Json backup_json(const Backups* backups) {
  if (backups == nullptr) return nullptr;
  const auto status = backups->status();
  return {{"last_at", status.last ? Json(domain::to_rfc3339(*status.last)) : Json()},
          {"every_seconds", status.every.count()},
          {"problem", status.problem.empty() ? Json() : Json(status.problem)}};
}

}  // namespace

Query get_overview(const Request& request, const Services& services) {
  return [&request, &services](domain::Reader& reader) {
    const auto overview = reader.reports().overview();
    Json breakdown = Json::array();
    for (const auto& row : overview.by_status) {
      breakdown.push_back({{"status", domain::to_text(row.status)}, {"count", row.count}});
    }
    return json_response(
        200,
        {{"total_bookings", overview.total_bookings},
         {"gross_value", to_json(overview.gross_value)},
         {"booked_value", to_json(overview.booked_value)},
         {"paid_revenue", to_json(overview.paid_revenue)},
         {"status_breakdown", std::move(breakdown)},
         {"overdue", reader.bookings().count_overdue(domain::to_day(services.now()))},
         {"backup", backup_json(services.backups)}},
        request);
  };
}

}  // namespace hss::api
