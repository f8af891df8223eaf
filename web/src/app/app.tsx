import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { BookPage } from "../book/book_page";
import { useStore } from "../lib/store";
import { apiBaseStore, roleStore, sessionStore, type Role } from "../session/session";
import { SessionDialogs } from "../session/session_dialogs";
import { RegisterPage, SignInPage } from "../session/sign_in_page";
import { DemoBanner } from "../shell/demo_banner";
import { Footer } from "../shell/footer";
import { Brand } from "../shell/brand";
import { Header } from "../shell/header";
import { MissingPage } from "../shell/missing_page";
import { IdleLock } from "../staff/lock/idle_lock";
import { LockScreen } from "../staff/lock/lock_screen";
import { WaitingNotice } from "../staff/outbox/waiting_notice";
import { useGuard } from "./guard";
import { PartLoader } from "./part_loader";
import { locationStore, parseRoute, type Route } from "./route";

const loadAccount = () => import("../account/account_page");
const loadBackOffice = () => import("./back_office");
const loadBooking = () => import("../booking/booking_page");
const loadFindBooking = () => import("../booking/find_booking_page");
const loadReceipt = () => import("../booking/receipt_page");
const loadSettings = () => import("../shell/settings_page");
const loadSheet = () => import("../network/sheet_page");
const loadDocument = () => import("../business/document_page");
const loadWelcome = () => import("../session/welcome_page");
const loadTrust = () => import("../network/trust_page");
const loadStart = () => import("../start/start_page");

function shownPage(route: Route): JSX.Element {
  switch (route.page) {
    case "book":
      return <BookPage step={route.step} />;
    case "find_booking":
      return <PartLoader load={loadFindBooking}>{({ FindBookingPage }) => <FindBookingPage />}</PartLoader>;
    case "booking":
      return <PartLoader load={loadBooking}>{({ BookingPage }) => <BookingPage id={route.id} />}</PartLoader>;
    case "receipt":
      return <PartLoader load={loadReceipt}>{({ ReceiptPage }) => <ReceiptPage id={route.id} />}</PartLoader>;
    case "day":
    case "board":
    case "staff_booking":
    case "walk_in":
    case "overview":
    case "bookings":
    case "audit":
    case "accounts":
    case "calendar":
    case "catalog":
    case "residences":
    case "events":
    case "webhook_log":
    case "business":
      return <PartLoader load={loadBackOffice}>{({ BackOfficePage }) => <BackOfficePage route={route} />}</PartLoader>;
    case "sheet":
      return <PartLoader load={loadSheet}>{({ SheetPage }) => <SheetPage />}</PartLoader>;
    case "terms":
    case "privacy":
    case "prohibited": {
      const name = route.page;
      return <PartLoader load={loadDocument}>{({ DocumentPage }) => <DocumentPage name={name} />}</PartLoader>;
    }
    case "trust":
      return <PartLoader load={loadTrust}>{({ TrustPage }) => <TrustPage />}</PartLoader>;
    case "start":
      return <PartLoader load={loadStart}>{({ StartPage }) => <StartPage />}</PartLoader>;
    case "sign_in":
      return <SignInPage />;
    case "register":
      return <RegisterPage />;
    case "welcome":
      return <PartLoader load={loadWelcome}>{({ WelcomePage }) => <WelcomePage />}</PartLoader>;
    case "account":
      return <PartLoader load={loadAccount}>{({ AccountPage }) => <AccountPage />}</PartLoader>;
    case "settings":
      return <PartLoader load={loadSettings}>{({ SettingsPage }) => <SettingsPage />}</PartLoader>;
    case "missing":
      return <MissingPage />;
  }
}

export function App() {
  const path = useStore(locationStore).split("?")[0] ?? "/";
  const route = parseRoute(path);
  const apiBase = useStore(apiBaseStore);
  const role = useStore(roleStore);
  const session = useStore(sessionStore);
  const guard = useGuard(route);
  const form = useFormNumber(session?.account?.id ?? null);
  if (session?.device && !session.account) return <LockScreen device={session.device} />;
  if (route.page === "start") return <StartFrame>{shownPage(route)}</StartFrame>;
  return (
    <>
      <a class="skip-link" href="#main">
        Skip to the page
      </a>
      <DemoBanner />
      <Header path={path} role={role} />
      <main
        id="main"
        class={route.page === "board" || route.page === "day" ? "main-wide" : ""}
        tabIndex={-1}
        key={`${route.page} ${"id" in route ? route.id : ""} ${answersOf(route, role, apiBase, form)}`}
      >
        {role === "customer" && <WaitingNotice />}
        {guard ?? shownPage(route)}
      </main>
      <Footer />
      {session?.device && <IdleLock seconds={session.device.lock_after_seconds} />}
      <SessionDialogs />
    </>
  );
}

// It stands beside the demo, whose pages its server has, too.
function StartFrame({ children }: { children: JSX.Element }) {
  return (
    <>
      <header class="header">
        <div class="header-row">
          <span class="brand">
            <Brand />
          </span>
        </div>
      </header>
      <main id="main">{children}</main>
    </>
  );
}

// Another server, role or account gives other answers, so a page that shows some is mounted again.
function answersOf({ page }: Route, role: Role, apiBase: string, form: number): string {
  if (page === "settings") return "";
  return page === "book" ? `${form} ${apiBase}` : `${role} ${sessionStore.get()?.account?.id ?? ""} ${apiBase}`;
}

/** Counts the booking forms. A form that was begun signed out continues after signing in; otherwise each account has its own. */
function useFormNumber(accountId: string | null): number {
  const form = useRef({ owner: accountId, number: 0 });
  const { owner, number } = form.current;
  if (owner !== accountId) form.current = { owner: accountId, number: owner === null ? number : number + 1 };
  return form.current.number;
}
