import { Button } from "../../controls/button";
import { newWindow, weekdays, type WindowRow } from "./calendar_rows";
import { HoursFields } from "./hours_fields";

interface WindowListProps {
  windows: readonly WindowRow[];
  onChange: (windows: WindowRow[]) => void;
}

/** The windows of a week, one row for all days that have it. */
export function WindowList({ windows, onChange }: WindowListProps) {
  const change = (key: number, changes: Partial<WindowRow>) =>
    onChange(windows.map((row) => (row.key === key ? { ...row, ...changes } : row)));
  return (
    <section class="card stack" aria-labelledby="windows-title">
      <h2 id="windows-title">Every week</h2>
      <p class="hint">
        A window is a time in which we come. “Stops” limits pickups and returns together, the other two each by itself; left empty, there is
        no limit.
      </p>
      <ul class="calendar-rows">
        {windows.map((row, index) => (
          <li key={row.key}>
            <fieldset class="bare stack">
              <legend class="label">Window {index + 1}</legend>
              <HoursFields id={`window-${row.key}`} row={row} onChange={(changes) => change(row.key, changes)} />
              <Days row={row} onChange={(days) => change(row.key, { days })} />
              <div>
                <Button
                  kind="quiet"
                  label={`Remove window ${index + 1}`}
                  onPress={() => onChange(windows.filter(({ key }) => key !== row.key))}
                >
                  Remove
                </Button>
              </div>
            </fieldset>
          </li>
        ))}
      </ul>
      <div>
        <Button onPress={() => onChange([...windows, newWindow()])}>Add a window</Button>
      </div>
    </section>
  );
}

function Days({ row, onChange }: { row: WindowRow; onChange: (days: WindowRow["days"]) => void }) {
  return (
    <div class="week-days" role="group" aria-label="Days of the week">
      {weekdays.map(({ day, short, name }) => (
        <label key={day} class="choice">
          <input
            type="checkbox"
            aria-label={name}
            checked={row.days.includes(day)}
            onChange={() => onChange(row.days.includes(day) ? row.days.filter((other) => other !== day) : [...row.days, day])}
          />
          <span aria-hidden="true">{short}</span>
        </label>
      ))}
    </div>
  );
}
