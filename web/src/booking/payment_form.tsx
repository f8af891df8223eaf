import { useRef, useState } from "preact/hooks";
import { payBooking, type Booking, type PaymentMethod } from "../api/booking";
import { asApiError, type ApiError } from "../api/client";
import { sendOnce } from "../attempt";
import { Button } from "../controls/button";
import { ErrorNotice } from "../controls/notice";
import { formatRand } from "../money";

const methods: readonly { method: PaymentMethod; label: string }[] = [
  { method: "card", label: "Card" },
  { method: "eft", label: "EFT" },
  { method: "cash", label: "Cash" },
];

export function PaymentForm({ booking, onPaid }: { booking: Booking; onPaid: () => void }) {
  const [method, setMethod] = useState<PaymentMethod>("card");
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const isRunning = useRef(false);

  const pay = async () => {
    if (isRunning.current) return;
    isRunning.current = true;
    setSending(true);
    setError(null);
    try {
      await sendOnce(`payment-${booking.id}`, { method }, (body, key) => payBooking(booking.id, body.method, key));
    } catch (reason) {
      setError(asApiError(reason));
    }
    isRunning.current = false;
    setSending(false);
    onPaid();
  };

  return (
    <section class="card payment" aria-labelledby="payment-title">
      <h2 id="payment-title">Pay {formatRand(booking.total)}</h2>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void pay();
        }}
      >
        <fieldset class="choices">
          <legend class="label">How do you pay?</legend>
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
        </fieldset>
        <p class="hint">No real card is charged and no bank is contacted: this records the payment with the booking.</p>
        {error && (
          <ErrorNotice
            title={error.leavesDoubt ? "We did not hear back" : "Payment not recorded"}
            error={error}
            advice={error.leavesDoubt && "Press the button again: however often you do, it is recorded once."}
          />
        )}
        <Button kind="primary" type="submit" busy={isSending}>
          {isSending ? "Recording…" : "Record payment"}
        </Button>
      </form>
    </section>
  );
}
