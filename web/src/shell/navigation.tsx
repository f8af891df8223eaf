import { hasAccounts, isShared, type Role } from "../session/session";

interface Destination {
  href: string;
  label: string;
}

const book = { href: "/", label: "Book a pickup" };
const find = { href: "/booking", label: "My booking" };
const day = { href: "/staff/day", label: "Today" };
const walkIn = { href: "/staff/book", label: "Book" };
const board = { href: "/staff", label: "Board" };
const accounts = { href: "/admin/accounts", label: "Accounts" };
const business = { href: "/admin/business", label: "Business" };
const calendar = { href: "/admin/calendar", label: "Calendar" };
const catalog = { href: "/admin/catalog", label: "Prices" };
const audit = { href: "/admin/audit", label: "Audit" };

const destinations: Record<Role, Destination[]> = {
  customer: [book, find],
  staff: [day, board, walkIn, audit],
  admin: [
    { href: "/admin", label: "Overview" },
    { href: "/admin/bookings", label: "Bookings" },
    audit,
    calendar,
    catalog,
    { href: "/admin/events", label: "Events" },
    business,
    day,
    board,
  ],
};

function destinationsOf(role: Role): Destination[] {
  if (!hasAccounts()) return destinations[role];
  if (role === "customer") return [book, { ...find, label: "My bookings" }];
  if (role !== "admin") return destinations[role];
  const ofOwnBrowser: readonly Destination[] = isShared() ? [business, calendar, catalog] : [];
  return [...destinations.admin.filter((one) => !ofOwnBrowser.includes(one)), accounts];
}

/** The destination that is shown, or from which the page shown was reached. */
function currentOf(path: string, shown: readonly Destination[]): Destination | undefined {
  const leadsTo = ({ href }: Destination) => path.startsWith(href === "/" ? "/book/" : `${href}/`);
  const behind = shown.filter(leadsTo).sort((a, b) => b.href.length - a.href.length);
  return shown.find(({ href }) => href === path) ?? behind[0];
}

export function Navigation({ path, role }: { path: string; role: Role }) {
  const shown = destinationsOf(role);
  const current = currentOf(path, shown);
  return (
    <nav class={`navigation ${shown.length > 4 ? "navigation-many" : ""}`} aria-label="Main">
      <ul>
        {shown.map((destination) => (
          <li key={destination.href}>
            <a href={destination.href} aria-current={destination !== current ? undefined : destination.href === path ? "page" : "true"}>
              {destination.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
