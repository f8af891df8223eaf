import { useEffect, useState } from "preact/hooks";
import { Calendar } from "../controls/calendar/calendar";
import { monthOf } from "../controls/calendar/days";
import { ErrorList } from "../controls/field";
import { formatDay, tomorrow } from "../lib/time";
import { ContactFields } from "./contact_fields";
import type { StepFields } from "./items_step";
import { useSlots, whyClosed, windowChoices, type WindowChoice } from "./pickup_slots";
import { PickupWindow } from "./pickup_window";

/** Step 2: when and where we collect, and from whom. */
export function ScheduleStep({ draft, errors, onChange }: StepFields) {
  const dateErrors = errors.fields.pickup_date;
  const chosenMonth = monthOf(draft.pickup_date >= tomorrow() ? draft.pickup_date : tomorrow());
  const [month, setMonth] = useState(chosenMonth);
  const slots = useSlots([chosenMonth, month]);
  const choices = windowChoices(slots, draft.pickup_date);
  const isOffered = (offered: readonly WindowChoice[]) => offered.some(({ window, isOpen }) => isOpen && window === draft.pickup_window);
  const isGone = slots !== null && draft.pickup_window !== "" && !isOffered(choices);
  // It was chosen earlier, or has become full.
  useEffect(() => {
    if (isGone) onChange({ pickup_window: "" });
  }, [isGone]);
  const pick = (date: string) => {
    onChange(isOffered(windowChoices(slots, date)) ? { pickup_date: date } : { pickup_date: date, pickup_window: "" });
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
            whyClosed={(date) => whyClosed(slots?.get(date))}
            onMonth={setMonth}
            onPick={pick}
          />
        </section>
        <PickupWindow
          value={draft.pickup_window}
          choices={choices}
          why={whyClosed(slots?.get(draft.pickup_date)) || "Choose a day first."}
          errors={errors.fields.pickup_window}
          onPick={(pickup_window) => onChange({ pickup_window })}
        />
      </div>
      <ContactFields draft={draft} errors={errors} onChange={onChange} />
    </>
  );
}
