import { parseReference } from "../booking/reference";
import { basePath, withoutBase } from "../lib/base";
import type { DocumentName } from "../lib/business";
import { createStore } from "../lib/store";
import { playRole, roleStore, type Role } from "../session/session";
import { isOutdated } from "./installation";

export const bookSteps = ["items", "schedule", "review"] as const;
export type BookStep = (typeof bookSteps)[number];

/** The pages of staff and owner. */
export type BackOfficeRoute =
  | { page: "day" }
  | { page: "board" }
  | { page: "staff_booking"; id: string }
  | { page: "walk_in" }
  | { page: "overview" }
  | { page: "bookings" }
  | { page: "audit" }
  | { page: "accounts" }
  | { page: "calendar" }
  | { page: "catalog" }
  | { page: "residences" }
  | { page: "events" }
  | { page: "webhook_log"; id: string }
  | { page: "business" };

export type Route =
  | { page: "book"; step: BookStep }
  | { page: "find_booking" }
  | { page: "booking"; id: string }
  | { page: "receipt"; id: string }
  | BackOfficeRoute
  | { page: "sheet" }
  | { page: DocumentName }
  | { page: "trust" }
  | { page: "sign_in" }
  | { page: "register" }
  | { page: "welcome" }
  | { page: "account" }
  | { page: "settings" }
  | { page: "start" }
  | { page: "missing" };

const welcomePath = "/welcome";

/** Every address of the UI (src/api/site/ui_page.h has the same). `:id` stands for a booking's reference. */
const patterns: [string, (id: string) => Route][] = [
  ["/", () => ({ page: "book", step: "items" })],
  ["/book/schedule", () => ({ page: "book", step: "schedule" })],
  ["/book/review", () => ({ page: "book", step: "review" })],
  ["/booking", () => ({ page: "find_booking" })],
  ["/booking/:id", (id) => ({ page: "booking", id })],
  ["/booking/:id/receipt", (id) => ({ page: "receipt", id })],
  ["/staff", () => ({ page: "board" })],
  ["/staff/day", () => ({ page: "day" })],
  ["/staff/book", () => ({ page: "walk_in" })],
  ["/staff/bookings/:id", (id) => ({ page: "staff_booking", id })],
  ["/admin", () => ({ page: "overview" })],
  ["/admin/bookings", () => ({ page: "bookings" })],
  ["/admin/audit", () => ({ page: "audit" })],
  ["/admin/accounts", () => ({ page: "accounts" })],
  ["/admin/calendar", () => ({ page: "calendar" })],
  ["/admin/catalog", () => ({ page: "catalog" })],
  ["/admin/residences", () => ({ page: "residences" })],
  ["/admin/events", () => ({ page: "events" })],
  ["/admin/events/:id", (id) => ({ page: "webhook_log", id })],
  ["/admin/business", () => ({ page: "business" })],
  ["/admin/sheet", () => ({ page: "sheet" })],
  ["/terms", () => ({ page: "terms" })],
  ["/privacy", () => ({ page: "privacy" })],
  ["/prohibited", () => ({ page: "prohibited" })],
  ["/trust", () => ({ page: "trust" })],
  ["/sign-in", () => ({ page: "sign_in" })],
  ["/register", () => ({ page: "register" })],
  [welcomePath, () => ({ page: "welcome" })],
  ["/account", () => ({ page: "account" })],
  ["/settings", () => ({ page: "settings" })],
  ["/start", () => ({ page: "start" })],
];

export function parseRoute(path: string): Route {
  const segments = path.split("/").filter(Boolean);
  for (const [pattern, route] of patterns) {
    const wanted = pattern.split("/").filter(Boolean);
    if (wanted.length !== segments.length) continue;
    if (!wanted.every((part, i) => part === ":id" || part === segments[i])) continue;
    const id = decodeSegment(segments[wanted.indexOf(":id")] ?? "");
    return route(parseReference(id) ?? id);
  }
  return { page: "missing" };
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export const bookStepPaths: Record<BookStep, string> = {
  items: "/",
  schedule: "/book/schedule",
  review: "/book/review",
};

export const documentPaths: Record<DocumentName, string> = {
  terms: "/terms",
  privacy: "/privacy",
  prohibited: "/prohibited",
};

/** The customer's page of a booking. */
export function bookingPath(id: string): string {
  return `/booking/${encodeURIComponent(id)}`;
}

/** Follows a booking's path where the booking was sent before the customer changed it. */
export const sentEarlier = "?sent=earlier";

export function receiptPath(id: string): string {
  return `${bookingPath(id)}/receipt`;
}

/** The audit trail of a booking. */
export function auditPath(id: string): string {
  return `/admin/audit?booking_id=${encodeURIComponent(id)}`;
}

/** The log of a webhook. */
export function webhookLogPath(id: string): string {
  return `/admin/events/${encodeURIComponent(id)}`;
}

/** The staff's page of a booking. */
export function staffBookingPath(id: string): string {
  return `/staff/bookings/${encodeURIComponent(id)}`;
}

export const roleHome: Record<Role, string> = { customer: "/", staff: "/staff/day", admin: "/admin" };

/** Path and query of the page shown, e.g. `/admin/audit?booking_id=HSS-…`. */
export const locationStore = createStore(currentLocation());

function currentLocation(): string {
  return currentPath() + window.location.search;
}

function currentPath(): string {
  return withoutBase(window.location.pathname);
}

export function locationQuery(location: string): URLSearchParams {
  return new URLSearchParams(location.split("?")[1] ?? "");
}

/** The secret of the one-time link that was opened, in this page's memory alone. */
export const linkStore = createStore<string | null>(null);

// The secret is removed from the address at once: it would stay in the browser's history and in a photo of the screen.
function extractLinkSecret(): void {
  const { pathname, search, hash } = window.location;
  if (![welcomePath, "/start"].includes(currentPath()) || hash.length < 2) return;
  linkStore.set(hash.slice(1));
  history.replaceState(null, "", pathname + search);
}

/** The sign-in page, which leads back to `next`. */
export function signInPath(next: string): string {
  return next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
}

/** The address to go to after signing in; null where it names no page of this UI. */
export function nextLocation(location: string): string | null {
  const next = locationQuery(location).get("next") ?? "";
  return /^\/(?![/\\])/.test(next) && parseRoute(next.split("?")[0] ?? "").page !== "missing" ? next : null;
}

const staffPages: ReadonlySet<Route["page"]> = new Set(["day", "board", "staff_booking", "walk_in"]);
const ownersPages: ReadonlySet<Route["page"]> = new Set([
  "overview",
  "bookings",
  "calendar",
  "catalog",
  "residences",
  "events",
  "business",
  "webhook_log",
  "sheet",
]);

// The role is set before the page is shown, as its first request needs it.
function showLocation(): void {
  const { page } = parseRoute(currentPath());
  const role = roleStore.get();
  extractLinkSecret();
  if (page === "book") playRole("customer");
  if (staffPages.has(page) && role === "customer") playRole("staff");
  if (ownersPages.has(page)) playRole("admin");
  if (page === "audit" && role === "customer") playRole("admin");
  locationStore.set(currentLocation());
}

export function navigate(location: string): void {
  if (isOutdated()) return window.location.assign(basePath + location);
  history.pushState(null, "", basePath + location);
  showLocation();
  window.scrollTo(0, 0);
}

/** Replaces the current entry of the browser's history. */
export function redirect(location: string): void {
  history.replaceState(null, "", basePath + location);
  showLocation();
}

/** Changes the query of the page shown without an entry in the browser's history. */
export function replaceQuery(query: Record<string, string>): void {
  const filled = Object.entries(query).filter(([, value]) => value !== "");
  const search = new URLSearchParams(filled).toString();
  redirect(currentPath() + (search ? `?${search}` : ""));
}

/** Makes plain links within the page navigate without a reload. */
export function startRouting(): void {
  showLocation();
  window.addEventListener("popstate", showLocation);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const href = link?.getAttribute("href");
    if (!href?.startsWith("/") || link?.target) return;
    event.preventDefault();
    navigate(withoutBase(href));
  });
}
