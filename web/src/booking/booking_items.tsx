import type { BookingItem } from "../api/booking";
import { Icon, itemIcon } from "../controls/icon";

const typeLabels: Record<string, string> = { bed: "Bed", fridge: "Fridge", box: "Box", suitcase: "Suitcase", other: "Other item" };

interface ItemGroup {
  type: string;
  label: string;
  quantity: number;
}

// A name that says no more than the type does is no name of its own.
function groupItems(items: readonly BookingItem[]): ItemGroup[] {
  const groups = new Map<string, ItemGroup>();
  for (const { item_type: type, item_name: name } of items) {
    const label = name && name.toLowerCase() !== type ? name : (typeLabels[type] ?? type);
    const group = groups.get(`${type} ${label}`);
    if (group) group.quantity++;
    else groups.set(`${type} ${label}`, { type, label, quantity: 1 });
  }
  return [...groups.values()];
}

export function BookingItems({ items }: { items: readonly BookingItem[] }) {
  return (
    <section class="card" aria-labelledby="items-title">
      <h2 id="items-title">{items.length === 1 ? "1 item" : `${items.length} items`}</h2>
      <ul class="item-list">
        {groupItems(items).map(({ type, label, quantity }) => (
          <li key={`${type} ${label}`}>
            <span class="item-picture">
              <Icon name={itemIcon(type)} />
            </span>
            <span class="item-words">{label}</span>
            <span class="item-count">× {quantity}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
