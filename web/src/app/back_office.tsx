import type { JSX } from "preact";
import { AccountsPage } from "../admin/accounts/accounts_page";
import { AuditPage } from "../admin/audit/audit_page";
import { BookingsPage } from "../admin/bookings/bookings_page";
import { BusinessPage } from "../admin/business/business_page";
import { CalendarPage } from "../admin/calendar/calendar_page";
import { CatalogPage } from "../admin/catalog/catalog_page";
import { EventsPage } from "../admin/events/events_page";
import { WebhookLogPage } from "../admin/events/webhook_log_page";
import { OverviewPage } from "../admin/overview/overview_page";
import { ResidencesPage } from "../admin/residences/residences_page";
import { BoardPage } from "../staff/board/board_page";
import { DayPage } from "../staff/day/day_page";
import { StaffBookingPage } from "../staff/booking/staff_booking_page";
import { WalkInPage } from "../staff/walk_in/walk_in_page";
import { startPhotoSender } from "../staff/photos/photo_sender";
import type { BackOfficeRoute } from "./route";

startPhotoSender();

/** The pages of staff and owner. They are imported by `import()` alone, as customers need none of them. */
export function BackOfficePage({ route }: { route: BackOfficeRoute }): JSX.Element {
  switch (route.page) {
    case "day":
      return <DayPage />;
    case "board":
      return <BoardPage />;
    case "staff_booking":
      return <StaffBookingPage id={route.id} />;
    case "walk_in":
      return <WalkInPage />;
    case "overview":
      return <OverviewPage />;
    case "bookings":
      return <BookingsPage />;
    case "audit":
      return <AuditPage />;
    case "accounts":
      return <AccountsPage />;
    case "calendar":
      return <CalendarPage />;
    case "catalog":
      return <CatalogPage />;
    case "residences":
      return <ResidencesPage />;
    case "events":
      return <EventsPage />;
    case "business":
      return <BusinessPage />;
    case "webhook_log":
      return <WebhookLogPage id={route.id} />;
  }
}
