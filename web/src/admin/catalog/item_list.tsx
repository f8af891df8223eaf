import { Button } from "../../controls/button";
import { Icon, itemIcon } from "../../controls/icon";
import { InputField } from "../../controls/text_field";
import { icons, isOther, moved, newItem, type ItemRow } from "./catalog_rows";

interface ItemListProps {
  items: readonly ItemRow[];
  onChange: (items: ItemRow[]) => void;
}

/** What can be stored, in the order in which customers see it. */
export function ItemList({ items, onChange }: ItemListProps) {
  const change = (key: number, changes: Partial<ItemRow>) => onChange(items.map((row) => (row.key === key ? { ...row, ...changes } : row)));
  const move = (key: number, by: -1 | 1) => {
    const pressed = document.activeElement;
    onChange(moved(items, key, by));
    // An element that moves within the page loses the focus.
    requestAnimationFrame(() => {
      if (pressed instanceof HTMLElement && pressed.isConnected) pressed.focus();
    });
  };
  const own = items.filter((row) => !isOther(row));
  const others = items.filter(isOther);
  return (
    <section class="card stack" aria-labelledby="items-title">
      <h2 id="items-title">What can be stored</h2>
      <p class="hint">Customers choose from these, in this order. Bookings keep the names and prices of the day on which they were made.</p>
      <ul class="calendar-rows">
        {items.map((row, index) => (
          <li key={row.key}>
            <ItemFields
              row={row}
              number={index + 1}
              canMove={{ up: !isOther(row) && index > 0, down: !isOther(row) && index < own.length - 1 }}
              onChange={(changes) => change(row.key, changes)}
              onMove={(by) => move(row.key, by)}
              onRemove={() => onChange(items.filter(({ key }) => key !== row.key))}
            />
          </li>
        ))}
      </ul>
      <div>
        <Button onPress={() => onChange([...own, newItem(), ...others])}>Add an item</Button>
      </div>
    </section>
  );
}

interface ItemFieldsProps {
  row: ItemRow;
  number: number;
  canMove: { up: boolean; down: boolean };
  onChange: (changes: Partial<ItemRow>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function ItemFields({ row, number, canMove, onChange, onMove, onRemove }: ItemFieldsProps) {
  const id = `item-${row.key}`;
  const name = row.label.trim() || `Item ${number}`;
  return (
    <fieldset class="bare stack">
      <legend class="label">{name}</legend>
      <div class="hours-fields">
        <InputField
          id={`${id}-label`}
          label="Name"
          autocomplete="off"
          maxLength={40}
          value={row.label}
          onInput={(label) => onChange({ label })}
        />
        <InputField
          id={`${id}-price`}
          label="Rand a month"
          inputMode="decimal"
          autocomplete="off"
          maxLength={12}
          value={row.price}
          onInput={(price) => onChange({ price })}
        />
      </div>
      <details>
        <summary>
          Picture <Icon name={itemIcon(row.icon)} />
        </summary>
        <div class="week-days" role="radiogroup" aria-label={`Picture of ${name}`}>
          {icons.map(([icon, word]) => (
            <label key={icon} class="choice">
              <input
                type="radio"
                name={`${id}-icon`}
                value={icon}
                aria-label={word}
                checked={row.icon === icon}
                onChange={() => onChange({ icon })}
              />
              <span aria-hidden="true">
                <Icon name={icon} />
              </span>
            </label>
          ))}
        </div>
      </details>
      {isOther(row) ? (
        <p class="hint">For whatever has no item of its own: always offered, and always the last.</p>
      ) : (
        <>
          <label class="check">
            <input type="checkbox" checked={row.offered} onChange={({ currentTarget }) => onChange({ offered: currentTarget.checked })} />
            <span>
              Offered
              {!row.offered && <span class="hint">Customers cannot choose it. Bookings that have it keep it.</span>}
            </span>
          </label>
          <div class="actions">
            {canMove.up && (
              <Button label={`Move ${name} up`} onPress={() => onMove(-1)}>
                Up
              </Button>
            )}
            {canMove.down && (
              <Button label={`Move ${name} down`} onPress={() => onMove(1)}>
                Down
              </Button>
            )}
            {row.type === "" && (
              <Button kind="quiet" label={`Remove ${name}`} onPress={onRemove}>
                Remove
              </Button>
            )}
          </div>
        </>
      )}
    </fieldset>
  );
}
