import { ErrorList } from "../controls/field";
import type { WindowChoice } from "./pickup_slots";

interface PickupWindowProps {
  value: string;
  choices: readonly WindowChoice[];
  /** Why there are no choices, where there are none. */
  why: string;
  errors: readonly string[];
  onPick: (window: string) => void;
  title?: string;
}

export function PickupWindow({ value, choices, why, errors, onPick, title = "Pickup time" }: PickupWindowProps) {
  const isInvalid = errors.length > 0;
  return (
    <div
      class={`card ${isInvalid ? "has-faults" : ""}`}
      role="radiogroup"
      aria-labelledby="pickup-window-label"
      aria-describedby={isInvalid ? "pickup-window-faults" : undefined}
    >
      <h2 id="pickup-window-label">{title}</h2>
      <ErrorList id="pickup-window-faults" errors={errors} />
      {choices.length === 0 && <p class="hint">{why}</p>}
      <div class="choices">
        {choices.map(({ window, label, note, isOpen }) => (
          <label key={window} class="choice">
            <input
              type="radio"
              name="pickup_window"
              value={window}
              checked={value === window && isOpen}
              disabled={!isOpen}
              onChange={() => onPick(window)}
            />
            <span>
              <strong>{label}</strong> {window}
              {note && <small> {note}</small>}
            </span>
          </label>
        ))}
      </div>
    </div>
  );
}
