import type { PaymentMethod } from "../api/booking";

const methods: readonly { method: PaymentMethod; label: string }[] = [
  { method: "card", label: "Card" },
  { method: "eft", label: "EFT" },
  { method: "cash", label: "Cash" },
];

interface PaymentMethodChoiceProps {
  legend: string;
  chosen: PaymentMethod;
  onChoose: (method: PaymentMethod) => void;
}

export function PaymentMethodChoice({ legend, chosen, onChoose }: PaymentMethodChoiceProps) {
  return (
    <fieldset>
      <legend class="label">{legend}</legend>
      <div class="choices">
        {methods.map(({ method, label }) => (
          <label key={method} class="choice">
            <input type="radio" name="method" value={method} checked={chosen === method} onChange={() => onChoose(method)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
