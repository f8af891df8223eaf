import type { PaymentMethod } from "../api/booking";
import { businessStore } from "../lib/business";
import { useStore } from "../lib/store";

const methods: readonly { method: PaymentMethod; label: string }[] = [
  { method: "card", label: "Card" },
  { method: "eft", label: "EFT" },
  { method: "cash", label: "Cash" },
];

export function firstPaymentMethod(): PaymentMethod {
  return businessStore.get().payment_methods[0] ?? "card";
}

interface PaymentMethodChoiceProps {
  legend: string;
  /** One of those that the business offers; firstPaymentMethod() at first. */
  chosen: PaymentMethod;
  onChoose: (method: PaymentMethod) => void;
}

export function PaymentMethodChoice({ legend, chosen, onChoose }: PaymentMethodChoiceProps) {
  const { payment_methods } = useStore(businessStore);
  const offered = methods.filter(({ method }) => payment_methods.includes(method));
  return (
    <fieldset>
      <legend class="label">{legend}</legend>
      <div class="choices">
        {offered.map(({ method, label }) => (
          <label key={method} class="choice">
            <input type="radio" name="method" value={method} checked={chosen === method} onChange={() => onChoose(method)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
