import type { JSX } from "preact";
import { Loading } from "../controls/loading";
import { ErrorNotice, Notice } from "../controls/notice";
import { Page } from "../controls/page";
import { useStore } from "../lib/store";
import { sessionStore, type Role } from "../session/session";
import { refreshSession, sessionFailureStore } from "../session/session_keeper";
import { SignInFirst } from "../session/sign_in_page";
import { MissingPage } from "../shell/missing_page";
import { roleHome, type Route } from "./route";

const publicPages: readonly Route["page"][] = ["book", "settings", "start", "trust", "terms", "privacy", "prohibited", "missing"];
const accountsModePages: readonly Route["page"][] = ["sign_in", "register", "welcome", "account", "accounts"];
const signInPages: readonly Route["page"][] = ["sign_in", "register", "welcome"];

const rolesOf: Partial<Record<Route["page"], readonly Role[]>> = {
  day: ["staff", "admin"],
  board: ["staff", "admin"],
  staff_booking: ["staff", "admin"],
  walk_in: ["staff", "admin"],
  audit: ["staff", "admin"],
  overview: ["admin"],
  bookings: ["admin"],
  accounts: ["admin"],
  events: ["admin"],
  webhook_log: ["admin"],
  business: ["admin"],
  calendar: ["admin"],
  catalog: ["admin"],
  residences: ["admin"],
  sheet: ["admin"],
};

/** What is looked after in one's own browser alone. */
const ownBrowserPages: Partial<Record<Route["page"], { title: string; subject: string }>> = {
  accounts: { title: "Accounts", subject: "accounts" },
  business: { title: "Business", subject: "the business" },
  calendar: { title: "Calendar", subject: "the calendar" },
  catalog: { title: "Items and prices", subject: "items and prices" },
  residences: { title: "Residences", subject: "the residences" },
};

/** Replaces a page that the visitor may not see; null where they may. The server decides, this only explains. */
export function useGuard({ page }: Route): JSX.Element | null {
  const session = useStore(sessionStore);
  const failure = useStore(sessionFailureStore);
  if (publicPages.includes(page)) return null;
  if (!session) return failure ? <Unreachable /> : <SessionLoading />;
  if (session.mode === "demo") return accountsModePages.includes(page) ? <MissingPage /> : null;
  if (signInPages.includes(page)) return null;
  if (!session.account) return <SignInFirst />;
  if (rolesOf[page]?.includes(session.account.role) === false) return <OtherRole role={session.account.role} />;
  const ownBrowser = ownBrowserPages[page];
  return session.device && ownBrowser ? <OwnBrowserOnly {...ownBrowser} /> : null;
}

function SessionLoading() {
  return (
    <Page title="One moment">
      <Loading label="Asking who is signed in" lines={4} />
    </Page>
  );
}

function Unreachable() {
  const failure = useStore(sessionFailureStore);
  return (
    <Page title="Not connected">
      {failure && <ErrorNotice error={failure} onRetry={() => void refreshSession()} />}
      <p>
        Is the address of the server right? See the <a href="/settings">settings</a>.
      </p>
    </Page>
  );
}

function OwnBrowserOnly({ title, subject }: { title: string; subject: string }) {
  return (
    <Page title={title}>
      <Notice kind="info" title="Not on a shared screen">
        <p>Look after {subject} in your own browser, where you sign in with your password.</p>
      </Notice>
    </Page>
  );
}

function OtherRole({ role }: { role: Role }) {
  return (
    <Page title="Not for your account">
      <Notice kind="info" title={role === "customer" ? "This page is for our staff" : "This page is for administrators"}>
        <p>
          Nothing is wrong. Go on to <a href={roleHome[role]}>your own pages</a>, or sign in with another account.
        </p>
      </Notice>
    </Page>
  );
}
