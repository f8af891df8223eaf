import type { NewBooking } from "../api/booking";
import type { Catalog, ItemType, Quote } from "../api/catalog";
import { asString, isRecord, keptIn } from "../kept";
import { whenSignedOut } from "../session";

/** What the customer has filled in so far. */
export interface BookingDraft {
  quantities: Record<string, number>;
  /** By type, one for each item in order; may be empty. */
  descriptions: Record<string, string[]>;
  duration_months: number;
  pickup_date: string;
  pickup_window: string;
  customer_name: string;
  email: string;
  address: string;
  /** Whether this device keeps the details and the reference after booking. */
  remember: boolean;
}

/** `window` is what goes to the server. */
export const pickupWindows = [
  { window: "08:00 – 11:00", label: "Morning" },
  { window: "11:00 – 14:00", label: "Midday" },
  { window: "14:00 – 17:00", label: "Afternoon" },
] as const;
export const maxItems = 200;

export const emptyDraft: BookingDraft = {
  quantities: {},
  descriptions: {},
  duration_months: 3,
  pickup_date: "",
  pickup_window: "",
  customer_name: "",
  email: "",
  address: "",
  remember: true,
};

function count(value: unknown, most: number): number {
  return typeof value === "number" && value >= 0 && value <= most ? Math.floor(value) : 0;
}

function entries<T>(value: unknown, parse: (value: unknown) => T): Record<string, T> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, parse(member)])) : {};
}

function parseDraft(value: unknown): BookingDraft | null {
  if (!isRecord(value)) return null;
  const text = (name: keyof BookingDraft) => asString(value[name]) ?? "";
  return {
    quantities: entries(value["quantities"], (quantity) => count(quantity, maxItems)),
    descriptions: entries(value["descriptions"], (list) => (Array.isArray(list) ? list.map((one) => asString(one) ?? "") : [])),
    duration_months: count(value["duration_months"], 12) || emptyDraft.duration_months,
    pickup_date: text("pickup_date"),
    pickup_window: text("pickup_window"),
    customer_name: text("customer_name"),
    email: text("email"),
    address: text("address"),
    remember: value["remember"] !== false,
  };
}

/** The draft of this browser tab, so that a reload loses nothing. */
export const keptDraft = keptIn("session", "hss-draft", parseDraft);
whenSignedOut(() => keptDraft.write(null));

interface DraftItem {
  type: ItemType;
  /** Position among the items of its type, from 0. */
  index: number;
  name?: string;
}

/** One entry for each item, in the order in which they are sent. */
export function draftItems(draft: BookingDraft, catalog: Catalog): DraftItem[] {
  return catalog.items.flatMap(({ type }) =>
    Array.from({ length: draft.quantities[type] ?? 0 }, (_, index) => {
      const name = draft.descriptions[type]?.[index]?.trim();
      return name ? { type, index, name } : { type, index };
    }),
  );
}

/** Names an item's field, also where its faults are kept. */
export function itemKey({ type, index }: { type: string; index: number }): string {
  return `${type}-${index}`;
}

/** The request for this draft; `shown` is the price the customer saw, which the server checks. */
export function bookingRequest(draft: BookingDraft, catalog: Catalog, shown: Quote | null) {
  const { duration_months: duration, customer_name, email, pickup_date, pickup_window, address } = draft;
  return {
    customer_name,
    email,
    pickup_date,
    pickup_window,
    address,
    items: draftItems(draft, catalog).map(({ type, name }) => (name === undefined ? { type } : { type, name })),
    pricing: shown
      ? { duration, monthlySubtotal: shown.monthly_subtotal, handlingFee: shown.handling_fee, total: shown.total }
      : { duration },
  } satisfies NewBooking;
}
