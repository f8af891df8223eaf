#include "api/reports/audit.h"

#include <nlohmann/json.hpp>

#include "api/http/json.h"
#include "api/http/page.h"
#include "api/http/query.h"
#include "domain/reference.h"

namespace hss::api {
namespace {

Json to_json(const domain::AuditEvent& event) {
  return {{"id", event.id},
          {"event_type", event.type},
          {"booking_id", text_or_null(event.booking_id)},
          {"payload", Json::parse(event.payload)},
          {"actor", event.actor},
          {"actor_role", event.actor_role},
          {"request_id", event.request_id},
          {"created_at", event.created_at}};
}

}  // namespace

Query list_audit(const Request& request, const Services&) {
  constexpr int default_limit = 200;
  domain::AuditFilter filter{.booking_id = find_text(request, "booking_id"),
                             .event_type = find_text(request, "event_type")};
  if (filter.booking_id) {
    filter.booking_id = domain::read_reference(*filter.booking_id).value_or(*filter.booking_id);
  }
  return [&request, filter = std::move(filter),
          page = parse_page(request, default_limit)](domain::Reader& reader) {
    const auto slice = reader.audit().list(filter, page);
    Json events = Json::array();
    for (const auto& event : slice.rows) events.push_back(to_json(event));
    return json_response(
        200, {{"events", std::move(events)}, {"next_cursor", text_or_null(slice.next_cursor)}},
        request);
  };
}

Response verify_audit(const Request& request, const Services& services) {
  parse_object(request, true);
  // Verifying takes long, so another request is served meanwhile.
  request.before_wait();
  const auto report = services.store.verify_audit(domain::to_rfc3339(services.now()));
  return json_response(200,
                       {{"intact", !report.violation.has_value()},
                        {"events", report.events},
                        {"fault", text_or_null(report.violation)},
                        {"checked_at", report.checked_at}},
                       request);
}

}  // namespace hss::api
