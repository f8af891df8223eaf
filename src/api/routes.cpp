#include "api/audit.h"
#include "api/booking.h"
#include "api/catalog.h"
#include "api/health.h"
#include "api/login.h"
#include "api/notification.h"
#include "api/openapi.h"
#include "api/overview.h"
#include "api/queue.h"
#include "api/route.h"
#include "api/statistics.h"

namespace hss::api {

const std::vector<Route>& routes() {
  using enum domain::Role;
  using enum Asked;
  // Demo mode asks for a role on these alone, as the reference does (API.md, "Roles in demo mode").
  static const std::vector<domain::Role> anyone{}, staff_too{admin, staff}, admins{admin};
  static const std::vector<Route> table{
      {"GET", "/health", anyone, get_health},
      {"GET", "/api/v1/openapi.json", anyone, get_openapi},
      {"POST", "/api/v1/auth/login", anyone, log_in},
      {"GET", "/api/v1/catalog", anyone, get_catalog},
      {"POST", "/api/v1/quotes", anyone, quote_price},
      {"POST", "/api/v1/bookings", anyone, create_booking},
      {"GET", "/api/v1/bookings", anyone, list_bookings, with_etag},
      {"GET", "/api/v1/bookings/:id", anyone, get_booking, with_etag},
      {"GET", "/api/v1/bookings/:id/history", anyone, get_booking_history, with_etag},
      {"PATCH", "/api/v1/bookings/:id/status", anyone, change_status},
      {"POST", "/api/v1/bookings/:id/payment", anyone, pay_booking},
      {"GET", "/api/v1/audit", staff_too, list_audit, with_etag},
      {"POST", "/api/v1/audit/verification", admins, verify_audit},
      {"GET", "/api/v1/staff/queue", staff_too, list_queue, with_etag},
      {"GET", "/api/v1/staff/board", staff_too, get_board, with_etag},
      {"POST", "/api/v1/staff/bookings/:id/approve", staff_too, approve_booking},
      {"GET", "/api/v1/admin/overview", admins, get_overview, with_etag},
      {"GET", "/api/v1/admin/statistics", admins, get_statistics, with_etag},
      {"GET", "/api/v1/admin/bookings", admins, list_bookings, with_etag},
      {"POST", "/api/v1/notifications", anyone, send_notification},
  };
  return table;
}

}  // namespace hss::api
