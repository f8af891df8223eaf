import type { Catalog } from "../api/catalog";
import { Faults as FaultList, Field } from "../controls/field";
import { Stepper } from "../controls/stepper";
import { tomorrow } from "../time";
import { pickupWindows, type BookingDraft } from "./booking_draft";
import type { Faults } from "./faults";

interface ScheduleFieldsProps {
  catalog: Catalog;
  draft: BookingDraft;
  faults: Faults;
  onChange: (changes: Partial<BookingDraft>) => void;
}

export function ScheduleFields({ catalog, draft, faults, onChange }: ScheduleFieldsProps) {
  return (
    <fieldset class="card">
      <legend>When and for how long?</legend>
      <div class="field-row">
        <Field id="pickup-date" label="Pickup date" hint="From tomorrow on" faults={faults.fields.pickup_date}>
          {(control) => (
            <input
              {...control}
              type="date"
              min={tomorrow()}
              value={draft.pickup_date}
              onInput={({ currentTarget }) => onChange({ pickup_date: currentTarget.value })}
            />
          )}
        </Field>
        <Field id="duration" label="Months in storage" hint={`${catalog.min_months} to ${catalog.max_months}`} faults={faults.fields.duration}>
          {(control) => (
            <Stepper
              control={control}
              label="Months"
              value={draft.duration_months}
              min={catalog.min_months}
              max={catalog.max_months}
              onChange={(months) => onChange({ duration_months: months })}
            />
          )}
        </Field>
      </div>
      <PickupWindow draft={draft} faults={faults.fields.pickup_window} onChange={onChange} />
    </fieldset>
  );
}

interface PickupWindowProps {
  draft: BookingDraft;
  faults: readonly string[];
  onChange: (changes: Partial<BookingDraft>) => void;
}

function PickupWindow({ draft, faults, onChange }: PickupWindowProps) {
  const isFaulty = faults.length > 0;
  return (
    <div
      class={`field ${isFaulty ? "has-faults" : ""}`}
      role="radiogroup"
      aria-labelledby="pickup-window-label"
      aria-describedby={isFaulty ? "pickup-window-faults" : undefined}
    >
      <span class="label" id="pickup-window-label">
        Pickup time
      </span>
      <div class="choices">
        {pickupWindows.map((window) => (
          <label key={window} class="choice">
            <input
              type="radio"
              name="pickup_window"
              value={window}
              checked={draft.pickup_window === window}
              onChange={() => onChange({ pickup_window: window })}
            />
            <span>{window}</span>
          </label>
        ))}
      </div>
      <FaultList id="pickup-window-faults" faults={faults} />
    </div>
  );
}
