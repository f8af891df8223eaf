import { useState } from "preact/hooks";
import type { Booking, PaymentMethod } from "../api/booking";
import { Button } from "../controls/button";
import { formatRand } from "../money";
import { deeds } from "./deeds";
import { act } from "./outbox";

const methods: readonly { method: PaymentMethod; label: string }[] = [
  { method: "card", label: "Card" },
  { method: "cash", label: "Cash" },
  { method: "eft", label: "EFT" },
];

/** Payment at the desk, for a customer who does not pay online. */
export function DeskPayment({ booking }: { booking: Booking }) {
  const [method, setMethod] = useState<PaymentMethod>("card");
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        act(booking, "pay", { method });
      }}
    >
      <fieldset>
        <legend class="label">Paying at the desk by</legend>
        <div class="choices">
          {methods.map((choice) => (
            <label key={choice.method} class="choice">
              <input
                type="radio"
                name="method"
                value={choice.method}
                checked={method === choice.method}
                onChange={() => setMethod(choice.method)}
              />
              <span>{choice.label}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <Button kind="primary" type="submit">
        {deeds.pay.label}: {formatRand(booking.total)}
      </Button>
    </form>
  );
}
