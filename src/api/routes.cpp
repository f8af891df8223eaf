#include "api/accounts/account.h"
#include "api/accounts/credential.h"
#include "api/accounts/login.h"
#include "api/accounts/registration.h"
#include "api/accounts/session.h"
#include "api/bookings/booking.h"
#include "api/bookings/day.h"
#include "api/bookings/queue.h"
#include "api/bookings/quote.h"
#include "api/business/business.h"
#include "api/calendar/calendar.h"
#include "api/catalog/catalog.h"
#include "api/events/event_stream.h"
#include "api/events/events.h"
#include "api/events/notification.h"
#include "api/events/webhook.h"
#include "api/kiosk/kiosk.h"
#include "api/kiosk/kiosk_list.h"
#include "api/reports/audit.h"
#include "api/reports/overview.h"
#include "api/reports/statistics.h"
#include "api/residences/residence.h"
#include "api/route.h"
#include "api/site/health.h"
#include "api/site/local_network.h"
#include "api/site/metrics.h"
#include "api/site/openapi.h"
#include "api/uploads/upload.h"
#include "api/uploads/upload_file.h"

namespace hss::api {

const std::vector<Route>& routes() {
  using enum domain::Role;
  using enum Caching;
  using enum CredentialSource;
  using Audience = AccessPolicy::Audience;
  // In accounts mode the roles are those of the account that is signed in. Demo mode asks for a
  // role where the reference does (API.md, "Roles in demo mode").
  static const AccessPolicy nobody{Audience::closed, {}}, anyone{Audience::open, {}},
      people{Audience::people, {admin, customer, staff}}, customers{Audience::people, {customer}},
      staff_too{Audience::people, {admin, staff}}, admins{Audience::people, {admin}},
      in_own_browser{Audience::own_browser, {admin, customer, staff}},
      staff_in_own_browser{Audience::own_browser, {admin, staff}},
      admins_in_own_browser{Audience::own_browser, {admin}}, a_kiosk{Audience::kiosks, {}},
      a_kiosk_too{Audience::signed_in, {admin, customer, staff}};
  // A table, whose rows are lines.
  // clang-format off
  static const std::vector<Route> table{
      // method, path, audience in demo mode, audience in accounts mode
      {"GET", "/health", {anyone, anyone}, get_health},
      {"GET", "/metrics", {admins, admins}, get_metrics},
      {"GET", "/api/v1/openapi.json", {anyone, anyone}, get_openapi},
      {"GET", "/api/v1/authority", {anyone, anyone}, get_authority},
      {"GET", "/api/v1/authority.crt", {anyone, anyone}, get_authority_file},
      {"POST", "/api/v1/auth/login", {anyone, anyone}, log_in, never_replayed},
      {"GET", "/api/v1/auth/session", {anyone, anyone}, get_session},
      {"POST", "/api/v1/auth/register", {nobody, anyone}, add_customer, never_replayed},
      {"POST", "/api/v1/auth/link", {nobody, anyone}, use_link, never_replayed},
      {"POST", "/api/v1/auth/logout", {nobody, a_kiosk_too}, log_out, never_replayed},
      {"POST", "/api/v1/auth/password", {nobody, in_own_browser}, change_password, never_replayed},
      {"POST", "/api/v1/auth/pin", {nobody, staff_in_own_browser}, change_pin, never_replayed},
      {"GET", "/api/v1/catalog", {anyone, anyone}, get_catalog},
      {"GET", "/api/v1/business", {anyone, anyone}, get_business, with_version_etag},
      {"GET", "/api/v1/residences", {anyone, anyone}, list_residences, with_version_etag},
      {"POST", "/api/v1/quotes", {anyone, anyone}, quote_price},
      {"GET", "/api/v1/slots", {anyone, anyone}, list_slots, with_etag_by_minute},
      {"POST", "/api/v1/bookings", {anyone, people}, create_booking},
      {"GET", "/api/v1/bookings", {anyone, people}, list_bookings, with_etag},
      {"GET", "/api/v1/bookings/:id", {anyone, people}, get_booking, with_version_etag},
      {"PATCH", "/api/v1/bookings/:id", {anyone, people}, change_booking},
      {"GET", "/api/v1/bookings/:id/history", {anyone, people}, get_booking_history, with_etag},
      {"GET", "/api/v1/bookings/:id/notifications", {anyone, people}, get_messages, with_etag},
      {"GET", "/api/v1/bookings/:id/photos", {anyone, people}, list_photos},
      {"PATCH", "/api/v1/bookings/:id/status", {anyone, people}, change_status},
      {"POST", "/api/v1/bookings/:id/failed-trip", {staff_too, staff_too}, note_failed_trip},
      {"POST", "/api/v1/bookings/:id/claim", {nobody, customers}, claim_booking},
      {"POST", "/api/v1/bookings/:id/claim-code", {nobody, staff_too}, make_claim_code, never_replayed},
      {"POST", "/api/v1/bookings/:id/payment", {anyone, people}, pay_booking},
      // What they answer has addresses that are good for minutes, and must not be stored.
      {"POST", "/api/v1/uploads/presign", {anyone, people}, presign_upload, never_replayed},
      {"POST", "/api/v1/uploads/:id/presign", {anyone, people}, presign_again, never_replayed},
      {"POST", "/api/v1/uploads/:id/complete", {anyone, people}, complete_upload, never_replayed},
      {"DELETE", "/api/v1/uploads/:id", {anyone, people}, delete_upload, never_replayed},
      // Whoever has a signed address may use it.
      {"PUT", "/api/v1/uploads/:id/:variant", {anyone, anyone}, put_upload_file, never_replayed, by_token, domain::max_upload_body},
      {"GET", "/api/v1/uploads/:id/:variant", {anyone, anyone}, get_upload_file},
      {"GET", "/api/v1/audit", {staff_too, staff_too}, list_audit, with_etag},
      {"POST", "/api/v1/audit/verification", {admins, admins}, verify_audit},
      {"GET", "/api/v1/staff/queue", {staff_too, staff_too}, list_queue, with_etag},
      {"GET", "/api/v1/staff/board", {staff_too, staff_too}, get_board, with_etag},
      {"GET", "/api/v1/staff/day", {staff_too, staff_too}, get_day, with_etag_by_day},
      {"POST", "/api/v1/staff/bookings/:id/approve", {staff_too, staff_too}, approve_booking},
      {"GET", "/api/v1/admin/overview", {admins, admins}, get_overview, with_etag_by_day},
      {"GET", "/api/v1/admin/statistics", {admins, admins}, get_statistics, with_etag},
      {"GET", "/api/v1/admin/bookings", {admins, admins}, list_bookings, with_etag},
      {"GET", "/api/v1/admin/addresses", {admins, admins}, list_addresses},
      {"GET", "/api/v1/admin/calendar", {admins, admins_in_own_browser}, get_calendar, with_version_etag},
      {"PUT", "/api/v1/admin/calendar", {admins, admins_in_own_browser}, put_calendar},
      {"GET", "/api/v1/admin/catalog", {admins, admins_in_own_browser}, get_owners_catalog, with_version_etag},
      {"PUT", "/api/v1/admin/catalog", {admins, admins_in_own_browser}, put_catalog},
      {"GET", "/api/v1/admin/residences", {admins, admins_in_own_browser}, get_residences, with_version_etag},
      {"PUT", "/api/v1/admin/residences", {admins, admins_in_own_browser}, put_residences},
      {"PATCH", "/api/v1/admin/business", {admins, admins_in_own_browser}, change_business},
      {"GET", "/api/v1/admin/accounts", {nobody, admins_in_own_browser}, list_accounts},
      {"POST", "/api/v1/admin/accounts", {nobody, admins_in_own_browser}, create_account, never_replayed},
      {"PATCH", "/api/v1/admin/accounts/:id", {nobody, admins_in_own_browser}, change_account, never_replayed},
      {"POST", "/api/v1/admin/accounts/:id/link", {nobody, admins_in_own_browser}, create_account_link, never_replayed},
      {"GET", "/api/v1/admin/screens", {nobody, admins_in_own_browser}, list_kiosks},
      {"POST", "/api/v1/admin/screens/:id/end", {nobody, admins_in_own_browser}, end_kiosk},
      {"GET", "/api/v1/admin/events", {admins, admins_in_own_browser}, get_events, with_etag},
      {"POST", "/api/v1/admin/events/again", {admins, admins_in_own_browser}, send_events_again},
      {"GET", "/api/v1/admin/webhooks", {admins, admins_in_own_browser}, list_webhooks, with_etag},
      {"POST", "/api/v1/admin/webhooks", {admins, admins_in_own_browser}, add_webhook, never_replayed},
      {"PATCH", "/api/v1/admin/webhooks/:id", {admins, admins_in_own_browser}, change_webhook},
      {"DELETE", "/api/v1/admin/webhooks/:id", {admins, admins_in_own_browser}, remove_webhook},
      {"POST", "/api/v1/admin/webhooks/:id/test", {admins, admins_in_own_browser}, test_webhook},
      {"GET", "/api/v1/admin/webhooks/:id/deliveries", {admins, admins_in_own_browser}, get_log, with_etag},
      {"POST", "/api/v1/admin/webhooks/:id/deliveries/:event_id/again", {admins, admins_in_own_browser}, resend},
      {"POST", "/api/v1/kiosk/device", {nobody, staff_in_own_browser}, open_kiosk, never_replayed},
      {"GET", "/api/v1/kiosk/people", {nobody, a_kiosk}, list_kiosk_accounts},
      {"POST", "/api/v1/kiosk/unlock", {nobody, a_kiosk}, unlock_kiosk, never_replayed},
      {"GET", "/api/v1/events", {anyone, people}, open_event_stream, not_cached, by_ticket_too},
      {"POST", "/api/v1/events/ticket", {anyone, people}, create_ticket},
      {"POST", "/api/v1/notifications", {anyone, staff_too}, send_notification},
  };
  // clang-format on
  return table;
}

}  // namespace hss::api
