import { Button } from "../../controls/button";
import { InputField } from "../../controls/text_field";
import { formatDay } from "../../lib/time";
import { newException, type ExceptionRow } from "./calendar_rows";
import { HoursFields } from "./hours_fields";

interface ExceptionListProps {
  exceptions: readonly ExceptionRow[];
  onChange: (exceptions: ExceptionRow[]) => void;
}

const kinds: readonly { kind: ExceptionRow["kind"]; label: string }[] = [
  { kind: "closed", label: "Closed" },
  { kind: "hours", label: "Other hours" },
];

/** Dates that differ from their day of the week. */
export function ExceptionList({ exceptions, onChange }: ExceptionListProps) {
  return (
    <section class="card stack" aria-labelledby="exceptions-title">
      <h2 id="exceptions-title">Single days</h2>
      <p class="hint">Days on which we are closed, or come at other hours. A public holiday with hours of its own is a working day.</p>
      <ul class="calendar-rows">
        {exceptions.map((row, index) => (
          <li key={row.key}>
            <ExceptionFields
              row={row}
              number={index + 1}
              onChange={(changes) => onChange(exceptions.map((one) => (one.key === row.key ? { ...one, ...changes } : one)))}
              onRemove={() => onChange(exceptions.filter(({ key }) => key !== row.key))}
            />
          </li>
        ))}
      </ul>
      <div>
        <Button onPress={() => onChange([...exceptions, newException()])}>Add a day</Button>
      </div>
    </section>
  );
}

interface ExceptionFieldsProps {
  row: ExceptionRow;
  number: number;
  onChange: (changes: Partial<ExceptionRow>) => void;
  onRemove: () => void;
}

function ExceptionFields({ row, number, onChange, onRemove }: ExceptionFieldsProps) {
  const id = `exception-${row.key}`;
  const name = row.date ? formatDay(row.date) : `Day ${number}`;
  return (
    <fieldset class="bare stack">
      <legend class="label">{name}</legend>
      <div class="hours-fields">
        <InputField id={`${id}-date`} label="Date" type="date" value={row.date} onInput={(date) => onChange({ date })} />
      </div>
      <div class="choices" role="radiogroup" aria-label={`What holds on ${name}`}>
        {kinds.map(({ kind, label }) => (
          <label key={kind} class="choice">
            <input type="radio" name={`${id}-kind`} value={kind} checked={row.kind === kind} onChange={() => onChange({ kind })} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {row.kind === "closed" ? (
        <InputField
          id={`${id}-closed`}
          label="Reason"
          hint="Customers see it."
          placeholder="Stocktaking"
          maxLength={80}
          value={row.closed}
          onInput={(closed) => onChange({ closed })}
        />
      ) : (
        <HoursFields id={id} row={row} onChange={onChange} />
      )}
      <div>
        <Button kind="quiet" label={`Remove ${name}`} onPress={onRemove}>
          Remove
        </Button>
      </div>
    </fieldset>
  );
}
