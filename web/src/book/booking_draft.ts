import type { NewBooking } from "../api/booking";
import type { Catalog, ItemType, Quote } from "../api/catalog";

/** What the customer has filled in so far. */
export interface BookingDraft {
  quantities: Record<string, number>;
  /** One name for each item of the type "other", in order; may be empty. */
  other_names: string[];
  duration_months: number;
  pickup_date: string;
  pickup_window: string;
  customer_name: string;
  email: string;
  address: string;
}

export const pickupWindows = ["08:00 – 11:00", "11:00 – 14:00", "14:00 – 17:00"] as const;
export const maxItems = 200;

const storageKey = "hss-draft";

export const emptyDraft: BookingDraft = {
  quantities: {},
  other_names: [],
  duration_months: 3,
  pickup_date: "",
  pickup_window: "",
  customer_name: "",
  email: "",
  address: "",
};

/** The draft of this browser tab, so that a reload loses nothing. */
export function keptDraft(): BookingDraft {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(storageKey) ?? "null");
    return typeof kept === "object" && kept !== null ? { ...emptyDraft, ...kept } : emptyDraft;
  } catch {
    return emptyDraft;
  }
}

export function keepDraft(draft: BookingDraft): void {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(draft));
  } catch {
    return;
  }
}

export function dropDraft(): void {
  try {
    sessionStorage.removeItem(storageKey);
  } catch {
    return;
  }
}

/** One entry for each item, "other" last, so that faults of the server can be matched by position. */
export function draftItems(draft: BookingDraft, catalog: Catalog): { type: ItemType; name?: string }[] {
  const items: { type: ItemType; name?: string }[] = [];
  for (const { type } of catalog.items) {
    if (type === "other") continue;
    for (let n = 0; n < (draft.quantities[type] ?? 0); n++) items.push({ type });
  }
  for (let n = 0; n < (draft.quantities["other"] ?? 0); n++) {
    const name = draft.other_names[n]?.trim();
    items.push(name ? { type: "other", name } : { type: "other" });
  }
  return items;
}

/** The request for this draft; `shown` is the price the customer saw, which the server checks. */
export function bookingRequest(draft: BookingDraft, catalog: Catalog, shown: Quote | null): NewBooking {
  return {
    customer_name: draft.customer_name,
    email: draft.email,
    pickup_date: draft.pickup_date,
    pickup_window: draft.pickup_window,
    address: draft.address,
    items: draftItems(draft, catalog),
    pricing: shown
      ? {
          duration: draft.duration_months,
          monthlySubtotal: shown.monthly_subtotal,
          handlingFee: shown.handling_fee,
          total: shown.total,
        }
      : { duration: draft.duration_months },
  };
}
