import { createStore } from "./store";
import { roleStore, type Role } from "./session";

export type Route =
  | { page: "book" }
  | { page: "find_booking" }
  | { page: "booking"; id: string }
  | { page: "staff" }
  | { page: "overview" }
  | { page: "bookings" }
  | { page: "audit" }
  | { page: "missing" };

export function parseRoute(path: string): Route {
  const segments = path.split("/").filter(Boolean);
  const [first, second] = segments;
  if (segments.length > 2) return { page: "missing" };
  if (!first) return { page: "book" };
  if (first === "booking") return second ? { page: "booking", id: decoded(second) } : { page: "find_booking" };
  if (first === "staff" && !second) return { page: "staff" };
  if (first === "admin" && !second) return { page: "overview" };
  if (first === "admin" && second === "bookings") return { page: "bookings" };
  if (first === "admin" && second === "audit") return { page: "audit" };
  return { page: "missing" };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export function bookingPath(id: string): string {
  return `/booking/${encodeURIComponent(id)}`;
}

export const roleHome: Record<Role, string> = { customer: "/", staff: "/staff", admin: "/admin" };

/** Path and query of the page shown, e.g. `/admin/audit?booking_id=HSS-…`. */
export const locationStore = createStore(currentLocation());

function currentLocation(): string {
  return window.location.pathname + window.location.search;
}

export function locationQuery(location: string): URLSearchParams {
  return new URLSearchParams(location.split("?")[1] ?? "");
}

// The role has to fit before the page asks its first question, so it is set before the page is shown.
function showLocation(): void {
  const { page } = parseRoute(window.location.pathname);
  const role = roleStore.get();
  if (page === "book") roleStore.set("customer");
  if (page === "staff" && role === "customer") roleStore.set("staff");
  if (page === "overview" || page === "bookings") roleStore.set("admin");
  if (page === "audit" && role === "customer") roleStore.set("admin");
  locationStore.set(currentLocation());
}

export function navigate(location: string): void {
  history.pushState(null, "", location);
  showLocation();
  window.scrollTo(0, 0);
}

/** Changes the query of the page shown without a step in the browser's history. */
export function replaceQuery(query: Record<string, string>): void {
  const filled = Object.entries(query).filter(([, value]) => value !== "");
  const search = new URLSearchParams(filled).toString();
  history.replaceState(null, "", window.location.pathname + (search ? `?${search}` : ""));
  showLocation();
}

/** Makes plain links within the page navigate without loading it anew. */
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
    navigate(href);
  });
}
