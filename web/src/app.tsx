import type { JSX } from "preact";
import { AuditPage } from "./admin/audit_page";
import { BookingsPage } from "./admin/bookings_page";
import { OverviewPage } from "./admin/overview_page";
import { BookPage } from "./book/book_page";
import { BookingPage } from "./booking/booking_page";
import { FindBookingPage } from "./booking/find_booking_page";
import { ReceiptPage } from "./booking/receipt_page";
import { locationStore, parseRoute, type Route } from "./route";
import { apiBaseStore, roleStore } from "./session";
import { Footer } from "./shell/footer";
import { Header } from "./shell/header";
import { MissingPage } from "./shell/missing_page";
import { SettingsPage } from "./shell/settings_page";
import { BoardPage } from "./staff/board_page";
import { StaffBookingPage } from "./staff/staff_booking_page";
import { WaitingNotice } from "./staff/waiting_notice";
import { useStore } from "./store";

function shownPage(route: Route): JSX.Element {
  switch (route.page) {
    case "book":
      return <BookPage step={route.step} />;
    case "find_booking":
      return <FindBookingPage />;
    case "booking":
      return <BookingPage id={route.id} />;
    case "receipt":
      return <ReceiptPage id={route.id} />;
    case "board":
      return <BoardPage />;
    case "staff_booking":
      return <StaffBookingPage id={route.id} />;
    case "overview":
      return <OverviewPage />;
    case "bookings":
      return <BookingsPage />;
    case "audit":
      return <AuditPage />;
    case "settings":
      return <SettingsPage />;
    case "missing":
      return <MissingPage />;
  }
}

export function App() {
  const path = useStore(locationStore).split("?")[0] ?? "/";
  const route = parseRoute(path);
  const apiBase = useStore(apiBaseStore);
  const role = useStore(roleStore);
  // Another server or role is another set of answers, so a page that shows some starts over.
  const answers = route.page === "settings" ? "" : `${role} ${apiBase}`;
  return (
    <>
      <a class="skip-link" href="#main">
        Skip to the page
      </a>
      <Header path={path} role={role} />
      <main id="main" tabIndex={-1} key={`${route.page} ${"id" in route ? route.id : ""} ${answers}`}>
        {role === "customer" && <WaitingNotice />}
        {shownPage(route)}
      </main>
      <Footer />
    </>
  );
}
