import { Faults as FaultList } from "../controls/field";
import { pickupWindows, type BookingDraft } from "./booking_draft";

interface PickupWindowProps {
  value: string;
  faults: readonly string[];
  onChange: (changes: Partial<BookingDraft>) => void;
}

export function PickupWindow({ value, faults, onChange }: PickupWindowProps) {
  const isFaulty = faults.length > 0;
  return (
    <div
      class={`card ${isFaulty ? "has-faults" : ""}`}
      role="radiogroup"
      aria-labelledby="pickup-window-label"
      aria-describedby={isFaulty ? "pickup-window-faults" : undefined}
    >
      <h2 id="pickup-window-label">Pickup time</h2>
      <FaultList id="pickup-window-faults" faults={faults} />
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
