import type { Catalog, CatalogItem } from "../api/catalog";
import { Faults as FaultList, Field } from "../controls/field";
import { Icon, itemIcon } from "../controls/icon";
import { Stepper } from "../controls/stepper";
import { formatRand } from "../money";
import { maxItems, type BookingDraft } from "./booking_draft";
import type { Faults } from "./faults";

interface ItemPickerProps {
  catalog: Catalog;
  draft: BookingDraft;
  faults: Faults;
  onChange: (changes: Partial<BookingDraft>) => void;
}

export function ItemPicker({ catalog, draft, faults, onChange }: ItemPickerProps) {
  const own = faults.fields.items;
  const counted = Object.values(draft.quantities).reduce((sum, quantity) => sum + quantity, 0);
  const setQuantity = (type: string, quantity: number) =>
    onChange({ quantities: { ...draft.quantities, [type]: quantity } });
  return (
    <fieldset class={`card ${own.length > 0 ? "has-faults" : ""}`} aria-describedby="items-faults">
      <legend>What shall we store?</legend>
      <FaultList id="items-faults" faults={own} />
      <ul class="item-cards">
        {catalog.items.map((item) => {
          const quantity = draft.quantities[item.type] ?? 0;
          return (
            <ItemCard
              key={item.type}
              item={item}
              quantity={quantity}
              max={quantity + maxItems - counted}
              onChange={(wanted) => setQuantity(item.type, wanted)}
            />
          );
        })}
      </ul>
      <OtherNames draft={draft} faults={faults} onChange={onChange} />
    </fieldset>
  );
}

interface ItemCardProps {
  item: CatalogItem;
  quantity: number;
  max: number;
  onChange: (quantity: number) => void;
}

function ItemCard({ item, quantity, max, onChange }: ItemCardProps) {
  return (
    <li class={`item-card ${quantity > 0 ? "item-card-chosen" : ""}`}>
      <span class="item-picture">
        <Icon name={itemIcon(item.type)} />
      </span>
      <span class="item-words">
        <strong>{item.label}</strong>
        <span class="hint">{formatRand(item.monthly_price)} a month</span>
      </span>
      <Stepper label={item.label} value={quantity} min={0} max={max} onChange={onChange} />
    </li>
  );
}

function OtherNames({ draft, faults, onChange }: Omit<ItemPickerProps, "catalog">) {
  const quantity = draft.quantities["other"] ?? 0;
  const rename = (index: number, name: string) => {
    const names = Array.from({ length: quantity }, (_, n) => draft.other_names[n] ?? "");
    names[index] = name;
    onChange({ other_names: names });
  };
  if (quantity === 0) return null;
  return (
    <div class="other-names">
      {Array.from({ length: quantity }, (_, index) => (
        <Field
          key={index}
          id={`other-name-${index}`}
          label={quantity === 1 ? "What is the other item?" : `What is other item ${index + 1}?`}
          faults={faults.other_names[index] ?? []}
        >
          {(control) => (
            <input
              {...control}
              type="text"
              placeholder="Study lamp"
              value={draft.other_names[index] ?? ""}
              onInput={({ currentTarget }) => rename(index, currentTarget.value)}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
