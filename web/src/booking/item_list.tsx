import type { BookingItem } from "../api/booking";
import { Icon, itemIcon } from "../controls/icon";

type ListedItem = Pick<BookingItem, "item_type" | "item_label" | "icon" | "item_name">;

export interface ItemGroup {
  type: string;
  label: string;
  icon: string;
  quantity: number;
  descriptions: string[];
}

/** Groups items by what they are called, in the order of their first items. */
export function groupItems(items: readonly ListedItem[]): ItemGroup[] {
  const groups = new Map<string, ItemGroup>();
  for (const { item_type: type, item_label: label, icon, item_name: name } of items) {
    const group = groups.get(label) ?? { type, label, icon, quantity: 0, descriptions: [] };
    group.quantity++;
    // A name that only repeats the type is no description.
    if (name && ![type, label.toLowerCase()].includes(name.toLowerCase())) group.descriptions.push(name);
    groups.set(label, group);
  }
  return [...groups.values()];
}

export function ItemList({ items }: { items: readonly ListedItem[] }) {
  return (
    <ul class="item-list">
      {groupItems(items).map(({ label, icon, quantity, descriptions }) => (
        <li key={label}>
          <span class="item-picture">
            <Icon name={itemIcon(icon)} />
          </span>
          <span class="item-words">
            {label}
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
