import type { BookingItem } from "../../api/booking";
import type { StaffDay, Stop } from "../../api/day";
import { groupItems } from "../../booking/item_list";
import { statusLabel } from "../../booking/lifecycle";
import type { Action } from "../outbox/actions";
import { applyOptimisticUpdates, type OptimisticUpdate } from "../outbox/optimistic_updates";

const unready = ["submitted", "approved"];

/** The actions that a stop offers; what follows them is no part of it. */
export const actionsOf: Record<Stop["kind"], readonly Action[]> = {
  pickup: ["approve", "collect", "store"],
  return: ["store", "return"],
};

function isBrought({ kind, booking }: Stop): boolean {
  return kind === "pickup" && booking.pickup_method === "brought";
}

export function kindLabel(stop: Stop): string {
  if (stop.kind === "return") return "Return";
  return isBrought(stop) ? "Brought" : "Pickup";
}

/** What staff must not do with a pickup that is not paid. */
export function doNot(stop: Stop): string {
  return isBrought(stop) ? "Do not take in" : "Do not collect";
}

const withUs = ["collected", "in_storage"];

/** True where staff may make the stop, or have made it. */
function isReady(kind: Stop["kind"], status: string): boolean {
  if (kind === "return") return withUs.includes(status) || status === "returned";
  return !unready.includes(status);
}

/** Why the stop cannot be made yet. */
export function whyUnready(stop: Stop): string {
  if (stop.kind === "return") return "Not collected yet";
  return `${doNot(stop)}: ${statusLabel(stop.booking.status).toLowerCase()}, not paid`;
}

/** Where staff go; empty where the customer comes to the store. */
export function addressOf(stop: Stop): string {
  const { kind, booking } = stop;
  if (kind === "pickup") return isBrought(stop) ? "" : booking.address;
  return booking.return_method === "collect_at_store" ? "" : booking.return_address || booking.address;
}

/** Why a stop has no address. */
export function comesToStore(stop: Stop): string {
  return isBrought(stop) ? "The customer brings it to the store" : "Comes to the store";
}

/** What a window is called; who comes to the store may come at any time. */
export function windowName(window: string): string {
  return window || "At any time";
}

/** The stop after the updates of this page that its answer does not include yet. */
function afterUpdates(stop: Stop, asOf: number, updates: readonly OptimisticUpdate[]): Stop {
  const booking = applyOptimisticUpdates(stop.booking, asOf, updates);
  if (booking === stop.booking) return stop;
  const { status } = booking;
  const is_ready = isReady(stop.kind, status);
  const is_done = stop.kind === "return" ? status === "returned" : is_ready && status !== "paid";
  return { ...stop, booking, is_ready, is_done, owed: unready.includes(status) ? stop.owed : 0 };
}

/** The day after those updates. */
export function dayAfterUpdates(day: StaffDay, asOf: number, updates: readonly OptimisticUpdate[]): StaffDay {
  const windows = day.windows.map((window) => ({ ...window, stops: window.stops.map((stop) => afterUpdates(stop, asOf, updates)) }));
  const done = windows.flatMap(({ stops }) => stops).filter(({ is_done }) => is_done).length;
  return { ...day, windows, totals: { ...day.totals, done } };
}

/** "2 × Box, 1 × Fridge" */
export function itemsInWords(items: readonly BookingItem[]): string {
  return groupItems(items)
    .map(({ label, quantity }) => `${quantity} × ${label}`)
    .join(", ");
}

/** The same for the totals of a day. */
export function totalsInWords({ items }: StaffDay["totals"]): string {
  return items.map(({ item_label, count }) => `${count} × ${item_label}`).join(", ");
}

/** What the customer has called the items. */
export function itemNames(items: readonly BookingItem[]): string[] {
  return groupItems(items).flatMap(({ descriptions }) => descriptions);
}

/** Where a map finds the address. */
export function mapHref(address: string): string {
  return `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(address)}`;
}
