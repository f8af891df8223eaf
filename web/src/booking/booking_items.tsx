import type { BookingItem } from "../api/booking";
import { counted } from "../lib/count";
import { ItemList } from "./item_list";

export function BookingItems({ items }: { items: readonly BookingItem[] }) {
  return (
    <section class="card" aria-labelledby="items-title">
      <h2 id="items-title">{counted(items.length, "item")}</h2>
      <ItemList items={items} />
    </section>
  );
}
