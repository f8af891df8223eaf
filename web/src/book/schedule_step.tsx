import { useState } from "preact/hooks";
import { Calendar } from "../controls/calendar/calendar";
import { monthOf } from "../controls/calendar/days";
import { ErrorList } from "../controls/field";
import { formatDay, tomorrow } from "../lib/time";
import { ContactFields } from "./contact_fields";
import type { StepFields } from "./items_step";
import { useSlots, whyClosed, windowChoices } from "./pickup_slots";
import { PickupWindow } from "./pickup_window";

/** Step 2: when and where we collect, and from whom. */
export function ScheduleStep({ draft, errors, onChange }: StepFields) {
  const dateErrors = errors.fields.pickup_date;
  const [month, setMonth] = useState(monthOf(draft.pickup_date >= tomorrow() ? draft.pickup_date : tomorrow()));
  const slots = useSlots(month);
  const pick = (date: string) => {
    const stays = windowChoices(slots.get(date)).some(({ window, isOpen }) => isOpen && window === draft.pickup_window);
    onChange(stays ? { pickup_date: date } : { pickup_date: date, pickup_window: "" });
  };
  return (
    <>
      <div class="flow-when">
        <section class={`card ${dateErrors.length > 0 ? "has-faults" : ""}`} aria-labelledby="pickup-date-label">
          <h2 id="pickup-date-label">Pickup date</h2>
          <p class="hint" aria-live="polite">
            {draft.pickup_date >= tomorrow() ? `We come on ${formatDay(draft.pickup_date)}.` : "From tomorrow on."}
          </p>
          <ErrorList id="pickup-date-faults" errors={dateErrors} />
          <Calendar
            value={draft.pickup_date}
            min={tomorrow()}
            describedBy={dateErrors.length > 0 ? "pickup-date-faults" : undefined}
            whyClosed={(date) => whyClosed(slots.get(date))}
            onMonth={setMonth}
            onPick={pick}
          />
        </section>
        <PickupWindow
          value={draft.pickup_window}
          choices={windowChoices(slots.get(draft.pickup_date))}
          errors={errors.fields.pickup_window}
          onPick={(pickup_window) => onChange({ pickup_window })}
        />
      </div>
      <ContactFields draft={draft} errors={errors} onChange={onChange} />
    </>
  );
}
