import { Button } from "../../controls/button";
import { InputField } from "../../controls/text_field";
import { newCharge, type ChargeRow } from "./catalog_rows";

interface ChargeListProps {
  charges: readonly ChargeRow[];
  onChange: (charges: ChargeRow[]) => void;
}

/** Charges that the owner has named. */
export function ChargeList({ charges, onChange }: ChargeListProps) {
  const change = (key: number, changes: Partial<ChargeRow>) =>
    onChange(charges.map((row) => (row.key === key ? { ...row, ...changes } : row)));
  return (
    <section class="card stack" aria-labelledby="charges-title">
      <h2 id="charges-title">Extra charges</h2>
      <p class="hint">
        Your own list of what you ask for besides: stairs, a trip for nothing, a month too late. It is kept here for you alone. No booking
        is charged by it, and customers do not see it.
      </p>
      <ul class="calendar-rows">
        {charges.map((row, index) => (
          <li key={row.key}>
            <ChargeFields
              row={row}
              number={index + 1}
              onChange={(changes) => change(row.key, changes)}
              onRemove={() => onChange(charges.filter(({ key }) => key !== row.key))}
            />
          </li>
        ))}
      </ul>
      <div>
        <Button onPress={() => onChange([...charges, newCharge()])}>Add a charge</Button>
      </div>
    </section>
  );
}

interface ChargeFieldsProps {
  row: ChargeRow;
  number: number;
  onChange: (changes: Partial<ChargeRow>) => void;
  onRemove: () => void;
}

function ChargeFields({ row, number, onChange, onRemove }: ChargeFieldsProps) {
  const id = `charge-${row.key}`;
  const name = row.name.trim() || `Charge ${number}`;
  return (
    <fieldset class="bare stack">
      <legend class="label">{name}</legend>
      <div class="hours-fields">
        <InputField
          id={`${id}-name`}
          label="Name"
          autocomplete="off"
          placeholder="Stairs, each floor"
          maxLength={60}
          value={row.name}
          onInput={(typed) => onChange({ name: typed })}
        />
        <InputField
          id={`${id}-amount`}
          label="Rand"
          inputMode="decimal"
          autocomplete="off"
          maxLength={12}
          value={row.amount}
          onInput={(amount) => onChange({ amount })}
        />
      </div>
      <div>
        <Button kind="quiet" label={`Remove ${name}`} onPress={onRemove}>
          Remove
        </Button>
      </div>
    </fieldset>
  );
}
