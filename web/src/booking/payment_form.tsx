import { useEffect, useRef, useState } from "preact/hooks";
import { payBooking, type Booking, type PaymentMethod } from "../api/booking";
import { asApiError, type ApiError } from "../api/client";
import { sendOnce } from "../attempt";
import { Button } from "../controls/button";
import { ErrorNotice } from "../controls/notice";
import { showFaults } from "../controls/show_faults";
import { formatRand } from "../money";
import { PaymentMethodChoice } from "./payment_method_choice";

export function PaymentForm({ booking, onPaid }: { booking: Booking; onPaid: () => void }) {
  const [method, setMethod] = useState<PaymentMethod>("card");
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const isRunning = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) showFaults(form.current);
  }, [error]);

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
        ref={form}
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void pay();
        }}
      >
        <PaymentMethodChoice legend="How do you pay?" chosen={method} onChoose={setMethod} />
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
