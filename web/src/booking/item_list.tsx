import type { BookingItem } from "../api/booking";
import { Icon, itemIcon } from "../controls/icon";

const typeLabels: Record<string, string> = { bed: "Bed", fridge: "Fridge", box: "Box", suitcase: "Suitcase", other: "Other item" };

export function typeLabel(type: string): string {
  return typeLabels[type] ?? type;
}

export interface ItemGroup {
  type: string;
  quantity: number;
  descriptions: string[];
}

/** Groups items by type, in the order of their first items. */
export function groupItems(items: readonly Pick<BookingItem, "item_type" | "item_name">[]): ItemGroup[] {
  const groups = new Map<string, ItemGroup>();
  for (const { item_type: type, item_name: name } of items) {
    const group = groups.get(type) ?? { type, quantity: 0, descriptions: [] };
    group.quantity++;
    // A name that only repeats the type is no description.
    if (name && name.toLowerCase() !== type) group.descriptions.push(name);
    groups.set(type, group);
  }
  return [...groups.values()];
}

export function ItemList({ items }: { items: readonly Pick<BookingItem, "item_type" | "item_name">[] }) {
  return (
    <ul class="item-list">
      {groupItems(items).map(({ type, quantity, descriptions }) => (
        <li key={type}>
          <span class="item-picture">
            <Icon name={itemIcon(type)} />
          </span>
          <span class="item-words">
            {typeLabel(type)}
            {descriptions.map((description, index) => (
              <span key={index} class="hint">
                {description}
              </span>
            ))}
          </span>
          <span class="item-count">× {quantity}</span>
        </li>
      ))}
    </ul>
  );
}
