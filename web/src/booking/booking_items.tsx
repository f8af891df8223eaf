import type { BookingItem } from "../api/booking";
import { ItemList } from "./item_list";

export function BookingItems({ items }: { items: readonly BookingItem[] }) {
  return (
    <section class="card" aria-labelledby="items-title">
      <h2 id="items-title">{items.length === 1 ? "1 item" : `${items.length} items`}</h2>
      <ItemList items={items} />
    </section>
  );
}
