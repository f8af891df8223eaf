#include "api/overview.h"

#include <nlohmann/json.hpp>

#include "api/json.h"

namespace hss::api {

Look get_overview(const Request& request, const Services&) {
  return [&request](domain::Reader& reader) {
    const auto overview = reader.overview();
    Json breakdown = Json::array();
    for (const auto& row : overview.by_status) {
      breakdown.push_back({{"status", domain::to_text(row.status)}, {"count", row.count}});
    }
    return answer(200,
                  {{"total_bookings", overview.total_bookings},
                   {"gross_value", to_json(overview.gross_value)},
                   {"booked_value", to_json(overview.booked_value)},
                   {"paid_revenue", to_json(overview.paid_revenue)},
                   {"status_breakdown", std::move(breakdown)}},
                  request);
  };
}

}  // namespace hss::api
