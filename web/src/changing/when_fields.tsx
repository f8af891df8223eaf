import { useState } from "preact/hooks";
import type { StopKind } from "../api/calendar";
import { useSlots, whyClosed, windowChoices } from "../book/pickup_slots";
import { PickupWindow } from "../book/pickup_window";
import { Calendar } from "../controls/calendar/calendar";
import { monthOf } from "../controls/calendar/days";
import { formatDay, tomorrow } from "../lib/time";

export interface When {
  date: string;
  window: string;
}

interface WhenFieldsProps {
  kind: StopKind;
  value: When;
  /** The first day to choose. */
  min?: string;
  /** False where no window is needed. */
  hasWindow?: boolean;
  /** Lets days and windows be chosen that the calendar has closed. */
  isFree: boolean;
  onChange: (when: When) => void;
}

/** A day and a window of staff's calendar. */
export function WhenFields({ kind, value, min = tomorrow(), hasWindow = true, isFree, onChange }: WhenFieldsProps) {
  const chosenMonth = monthOf(value.date >= min ? value.date : min);
  const [month, setMonth] = useState(chosenMonth);
  const slots = useSlots([chosenMonth, month], kind);
  const choicesOn = (date: string) => windowChoices(slots, date).map((choice) => (isFree ? { ...choice, isOpen: true } : choice));
  const pick = (date: string) => {
    const stays = choicesOn(date).some(({ window, isOpen }) => isOpen && window === value.window);
    onChange({ date, window: stays ? value.window : "" });
  };
  return (
    <>
      <p class="hint" aria-live="polite">
        {value.date ? formatDay(value.date) : "Choose a day."}
      </p>
      <Calendar
        value={value.date}
        min={min}
        whyClosed={(date) => (isFree ? "" : whyClosed(slots?.get(date)))}
        onMonth={setMonth}
        onPick={pick}
      />
      {hasWindow && (
        <PickupWindow
          title="Time"
          value={value.window}
          choices={choicesOn(value.date)}
          why={whyClosed(slots?.get(value.date)) || "Choose a day first."}
          errors={[]}
          onPick={(window) => onChange({ ...value, window })}
        />
      )}
    </>
  );
}

/** Staff may choose what the calendar does not have. */
export function OverrideField({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  return (
    <label class="check">
      <input type="checkbox" checked={value} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      <span>
        Whatever the calendar says
        <span class="hint">Closed days and full windows, too. It stands in the trail.</span>
      </span>
    </label>
  );
}
