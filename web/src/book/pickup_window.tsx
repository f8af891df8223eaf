import { ErrorList } from "../controls/field";
import { pickupWindows, type BookingDraft } from "./booking_draft";

interface PickupWindowProps {
  value: string;
  errors: readonly string[];
  onChange: (changes: Partial<BookingDraft>) => void;
}

export function PickupWindow({ value, errors, onChange }: PickupWindowProps) {
  const isInvalid = errors.length > 0;
  return (
    <div
      class={`card ${isInvalid ? "has-faults" : ""}`}
      role="radiogroup"
      aria-labelledby="pickup-window-label"
      aria-describedby={isInvalid ? "pickup-window-faults" : undefined}
    >
      <h2 id="pickup-window-label">Pickup time</h2>
      <ErrorList id="pickup-window-faults" errors={errors} />
      <div class="choices">
        {pickupWindows.map(({ window, label }) => (
          <label key={window} class="choice">
            <input
              type="radio"
              name="pickup_window"
              value={window}
              checked={value === window}
              onChange={() => onChange({ pickup_window: window })}
            />
            <span>
              <strong>{label}</strong> {window}
            </span>
          </label>
        ))}
      </div>
    </div>
  );
}
