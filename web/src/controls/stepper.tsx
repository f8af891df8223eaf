import type { FieldControl } from "./field";
import { Icon } from "./icon";

interface StepperProps {
  /** Ties the number to the label and the errors of its field. */
  control?: FieldControl;
  /** The noun of the number, e.g. "Beds"; read out with it and on both buttons. */
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

export function Stepper({ control, label, value, min, max, onChange }: StepperProps) {
  const change = (wanted: number) => onChange(Math.min(max, Math.max(min, wanted)));
  return (
    <div class="stepper" role="group" aria-label={label}>
      <button type="button" aria-label={`${label}: one fewer`} disabled={value <= min} onClick={() => change(value - 1)}>
        <Icon name="minus" />
      </button>
      <input
        {...control}
        type="text"
        inputMode="numeric"
        autocomplete="off"
        aria-label={`${label}: how many`}
        value={value}
        onInput={({ currentTarget }) => {
          const digits = currentTarget.value.replace(/\D/g, "").slice(0, 3);
          if (digits !== currentTarget.value) currentTarget.value = digits;
          if (digits) change(Number(digits));
        }}
        onBlur={({ currentTarget }) => {
          currentTarget.value = String(value);
        }}
      />
      <button type="button" aria-label={`${label}: one more`} disabled={value >= max} onClick={() => change(value + 1)}>
        <Icon name="plus" />
      </button>
    </div>
  );
}
