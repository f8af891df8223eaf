import type { Booking, BookingChange, BookingItem } from "../api/booking";
import type { Catalog, CatalogItem } from "../api/catalog";
import { toCents } from "../lib/money";

/** What somebody wants of a booking's items; what is not in it stays. */
export interface ItemsDraft {
  /** The ids of those that go. */
  removed: readonly number[];
  /** What items that stay are called from now on, by their ids. */
  names: Readonly<Record<number, string>>;
  /** What new items are called, by type: a text for each, perhaps an empty one. */
  added: Readonly<Record<string, readonly string[]>>;
}

export const maxItems = 200;

export const unchangedItems: ItemsDraft = { removed: [], names: {}, added: {} };

export function stayingItems(items: readonly BookingItem[], { removed }: ItemsDraft): BookingItem[] {
  return items.filter(({ id }) => !removed.includes(id));
}

/** Each new item, in the catalogue's order. */
export function newItems({ added }: ItemsDraft, catalog: Catalog): { item: CatalogItem; name: string }[] {
  return catalog.items.flatMap((item) => (added[item.type] ?? []).map((name) => ({ item, name })));
}

export function nameOf(item: BookingItem, { names }: ItemsDraft): string {
  return names[item.id] ?? item.item_name ?? "";
}

/** So many new items of the type; those that stay keep what they are called. */
export function withNumber(draft: ItemsDraft, type: string, quantity: number): ItemsDraft {
  const before = draft.added[type] ?? [];
  const names = Array.from({ length: quantity }, (_, index) => before[index] ?? "");
  return { ...draft, added: { ...draft.added, [type]: names } };
}

/** The total in rand: what stays is at its agreed price, what is new at today's, and the handling fee stays. */
export function totalAfter(booking: Booking, items: readonly BookingItem[], draft: ItemsDraft, catalog: Catalog): number {
  const added = newItems(draft, catalog);
  if (draft.removed.length === 0 && added.length === 0) return booking.total;
  const prices = [...stayingItems(items, draft), ...added.map(({ item }) => item)].map(({ monthly_price }) => toCents(monthly_price));
  const monthly = prices.reduce((sum, price) => sum + price, 0);
  return (monthly * booking.duration_months + toCents(booking.handling_fee)) / 100;
}

/** The whole list as the server takes it. */
export function wantedItems(items: readonly BookingItem[], draft: ItemsDraft, catalog: Catalog): NonNullable<BookingChange["items"]> {
  const staying = stayingItems(items, draft).map(({ id }) => {
    const name = draft.names[id];
    return name === undefined ? { id } : { id, name: name.trim() };
  });
  const added = newItems(draft, catalog).map(({ item: { type }, name }) => (name.trim() ? { type, name: name.trim() } : { type }));
  return [...staying, ...added];
}
