import type { JSX } from "preact";
import { AuditPage } from "./admin/audit_page";
import { BookingsPage } from "./admin/bookings_page";
import { OverviewPage } from "./admin/overview_page";
import { BookPage } from "./book/book_page";
import { BookingPage } from "./booking/booking_page";
import { FindBookingPage } from "./booking/find_booking_page";
import { locationStore, parseRoute, type Route } from "./route";
import { apiBaseStore, roleStore } from "./session";
import { Footer } from "./shell/footer";
import { Header } from "./shell/header";
import { MissingPage } from "./shell/missing_page";
import { StaffPage } from "./staff/staff_page";
import { useStore } from "./store";

function shownPage(route: Route): JSX.Element {
  switch (route.page) {
    case "book":
      return <BookPage />;
    case "find_booking":
      return <FindBookingPage />;
    case "booking":
      return <BookingPage id={route.id} />;
    case "staff":
      return <StaffPage />;
    case "overview":
      return <OverviewPage />;
    case "bookings":
      return <BookingsPage />;
    case "audit":
      return <AuditPage />;
    case "missing":
      return <MissingPage />;
  }
}

export function App() {
  const path = useStore(locationStore).split("?")[0] ?? "/";
  const apiBase = useStore(apiBaseStore);
  const role = useStore(roleStore);
  return (
    <>
      <a class="skip-link" href="#main">
        Skip to the page
      </a>
      <Header path={path} role={role} />
      {/* Another server or role is another set of answers, so the page starts over. */}
      <main id="main" tabIndex={-1} key={`${path} ${role} ${apiBase}`}>
        {shownPage(parseRoute(path))}
      </main>
      <Footer />
    </>
  );
}
