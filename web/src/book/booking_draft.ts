import { adoptAttempt } from "../api/attempt";
import type { NewBooking } from "../api/booking";
import type { Catalog, ItemType, Quote } from "../api/catalog";
import { businessStore } from "../lib/business";
import { asString, isRecord, persistedValue } from "../lib/persisted";
import { isShared, roleStore, sessionStore, onSignOut } from "../session/session";
import type { StopAddress } from "./stop_address_fields";

/** The fields that the customer has filled in so far. */
export interface BookingDraft extends StopAddress {
  quantities: Record<string, number>;
  /** By type, one for each item in order; may be empty. */
  descriptions: Record<string, string[]>;
  /** The ids of each item's photos (photos/draft_photos.ts), by `itemKey`. */
  photos: Record<string, string[]>;
  duration_months: number;
  pickup_date: string;
  pickup_window: string;
  customer_name: string;
  email: string;
  phone: string;
  whatsapp: string;
  access_notes: string;
  /** Of the terms that the customer accepted; 0 where they have not. */
  terms_version: number;
  /** True where we may collect within the cooling-off days. */
  early_start: boolean;
  /** True where this device keeps the details and the reference after booking. */
  remember: boolean;
}

export const maxItems = 200;

const emptyDraft: BookingDraft = {
  quantities: {},
  descriptions: {},
  photos: {},
  duration_months: 3,
  pickup_date: "",
  pickup_window: "",
  customer_name: "",
  email: "",
  address: "",
  residence_id: "",
  residence_name: "",
  room: "",
  phone: "",
  whatsapp: "",
  access_notes: "",
  terms_version: 0,
  early_start: false,
  remember: false,
};

export function newDraft(): BookingDraft {
  // Staff book for somebody else, and a shared screen remembers no details.
  return { ...emptyDraft, remember: !isShared() && roleStore.get() === "customer" };
}

function count(value: unknown, max: number): number {
  return typeof value === "number" && value >= 0 && value <= max ? Math.floor(value) : 0;
}

function entries<T>(value: unknown, parse: (value: unknown) => T): Record<string, T> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, parse(member)])) : {};
}

const texts = (list: unknown) => (Array.isArray(list) ? list.map((one) => asString(one) ?? "") : []);

function parseDraft(value: unknown): BookingDraft | null {
  if (!isRecord(value)) return null;
  const text = (name: keyof BookingDraft) => asString(value[name]) ?? "";
  return {
    quantities: entries(value["quantities"], (quantity) => count(quantity, maxItems)),
    descriptions: entries(value["descriptions"], texts),
    photos: entries(value["photos"], texts),
    duration_months: count(value["duration_months"], 12) || emptyDraft.duration_months,
    pickup_date: text("pickup_date"),
    pickup_window: text("pickup_window"),
    customer_name: text("customer_name"),
    email: text("email"),
    address: text("address"),
    residence_id: text("residence_id"),
    residence_name: text("residence_name"),
    room: text("room"),
    phone: text("phone"),
    whatsapp: text("whatsapp"),
    access_notes: text("access_notes"),
    terms_version: count(value["terms_version"], 1e9),
    early_start: value["early_start"] === true,
    remember: value["remember"] !== false && !isShared(),
  };
}

interface OwnedDraft {
  draft: BookingDraft;
  /** The owner; null where nobody was signed in. */
  account_id: string | null;
  /** The time of the last change, in ms since 1970. */
  at: number;
}

function parseOwned(value: unknown): OwnedDraft | null {
  if (!isRecord(value)) return null;
  // An earlier version stored the draft alone.
  const draft = parseDraft(value["draft"] ?? value);
  const at = value["at"];
  return draft && { draft, account_id: asString(value["account_id"]), at: typeof at === "number" ? at : 0 };
}

// Each tab has its own draft, so that two of them do not overwrite each other. The last one changed outlives its tab.
const ofTab = persistedValue("session", "hss-draft", parseOwned);
const ofBrowser = persistedValue("local", "hss-draft", parseOwned);
const maxAgeMs = 7 * 24 * 3_600_000;

const accountId = () => sessionStore.get()?.account?.id ?? null;

// On an unshared browser, a draft that was begun signed out continues after signing in.
function isOwn({ account_id }: OwnedDraft): boolean {
  return account_id === accountId() || (account_id === null && !isShared());
}

/** The scope of the attempts at booking. */
export const bookingAttempt = "booking";

/** The draft survives a reload, and a closed tab except on a shared screen. */
export const persistedDraft = {
  read(): BookingDraft | null {
    const own = ofTab.read();
    if (own) return isOwn(own) ? own.draft : null;
    const left = isShared() ? null : ofBrowser.read();
    if (!left || !isOwn(left) || Date.now() - left.at > maxAgeMs) return null;
    ofTab.write(left);
    // It may have been sent already, and must not be booked twice.
    adoptAttempt(bookingAttempt);
    return left.draft;
  },
  write(draft: BookingDraft): void {
    const owned = { draft, account_id: accountId(), at: Date.now() };
    ofTab.write(owned);
    if (isShared()) return;
    // Without "remember", nothing outlives the tab.
    if (draft.remember) ofBrowser.write(owned);
    else if (ofBrowser.read()?.account_id === owned.account_id) ofBrowser.write(null);
  },
  /** Keeps a draft that another tab has begun meanwhile. */
  forget(): void {
    if (ofTab.read()?.at === ofBrowser.read()?.at) ofBrowser.write(null);
    ofTab.write(null);
  },
};

onSignOut(() => {
  ofTab.write(null);
  ofBrowser.write(null);
});

interface DraftItem {
  type: ItemType;
  label: string;
  icon: string;
  /** Position among the items of its type, from 0. */
  index: number;
  name?: string;
}

/** One entry for each item, in the order in which they are sent. */
export function draftItems(draft: BookingDraft, catalog: Catalog): DraftItem[] {
  return catalog.items.flatMap(({ type, label, icon }) =>
    Array.from({ length: draft.quantities[type] ?? 0 }, (_, index) => {
      const name = draft.descriptions[type]?.[index]?.trim();
      return { type, label, icon, index, ...(name ? { name } : {}) };
    }),
  );
}

/** The key of an item's field and of its errors. */
export function itemKey({ type, index }: { type: string; index: number }): string {
  return `${type}-${index}`;
}

const photosOf = (draft: BookingDraft, item: DraftItem) => draft.photos[itemKey(item)] ?? [];

/** The ids of the photos that are sent with this draft. */
export function draftPhotos(draft: BookingDraft, catalog: Catalog): string[] {
  return catalog.photo_uploads ? draftItems(draft, catalog).flatMap((item) => photosOf(draft, item)) : [];
}

/** True where the business has terms, which a customer accepts before booking. */
export function asksForTerms(): boolean {
  return businessStore.get().documents.includes("terms");
}

/** In a residence, the server writes the address. */
export function addressRequest({ address, residence_id, room }: StopAddress): { address?: string; residence_id?: string; room?: string } {
  return residence_id ? { residence_id, ...(room && { room }) } : { address };
}

/**
 * The request for this draft; `shown` is the price the customer saw, which the server checks. `keys` are those of the
 * photos that were sent, by their ids.
 */
export function bookingRequest(draft: BookingDraft, catalog: Catalog, shown: Quote | null, keys: ReadonlyMap<string, string> = new Map()) {
  const { duration_months: duration, customer_name, email, pickup_date, pickup_window } = draft;
  const { phone, whatsapp, access_notes, terms_version, early_start } = draft;
  return {
    customer_name,
    email,
    pickup_date,
    pickup_window,
    ...addressRequest(draft),
    // Without them, the body has the same bytes that earlier versions of the page sent under the same key.
    ...(phone && { phone }),
    ...(whatsapp && { whatsapp }),
    ...(access_notes && { access_notes }),
    ...(terms_version > 0 && asksForTerms() && { terms_version }),
    ...(early_start && { early_start }),
    items: draftItems(draft, catalog).map((item) => {
      const photos = photosOf(draft, item).flatMap((id) => keys.get(id) ?? []);
      return {
        type: item.type,
        ...(item.name === undefined ? {} : { name: item.name }),
        ...(photos.length > 0 ? { photos } : {}),
      };
    }),
    pricing: shown
      ? { duration, monthlySubtotal: shown.monthly_subtotal, handlingFee: shown.handling_fee, total: shown.total }
      : { duration },
  } satisfies NewBooking;
}
