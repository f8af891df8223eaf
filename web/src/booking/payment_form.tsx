import { useEffect, useRef, useState } from "preact/hooks";
import { payBooking, type Booking, type PaymentMethod } from "../api/booking";
import { asApiError, type ApiError } from "../api/error";
import { sendOnce } from "../api/attempt";
import { Button } from "../controls/button";
import { showErrors } from "../controls/show_errors";
import { ErrorNotice, Notice } from "../controls/notice";
import { formatRand } from "../lib/money";
import { formatDay } from "../lib/time";
import { PaymentMethodChoice } from "./payment_method_choice";
import { isPickupPast } from "./pickup_day";

export function PaymentForm({ booking, onPaid }: { booking: Booking; onPaid: () => void }) {
  const [method, setMethod] = useState<PaymentMethod>("card");
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const isRunning = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error) showErrors(form.current);
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
      {isPickupPast(booking) && (
        <Notice kind="info" title="Your pickup needs a new day">
          <p>
            It was to be on {formatDay(booking.pickup_date)}, which has gone by. You can still pay: our staff will then agree on a new day
            with you.
          </p>
        </Notice>
      )}
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
            title={error.outcomeUnknown ? "We did not hear back" : "Payment not recorded"}
            error={error}
            advice={error.outcomeUnknown && "Press the button again: however often you do, it is recorded once."}
          />
        )}
        <Button kind="primary" type="submit" busy={isSending}>
          {isSending ? "Recording…" : "Record payment"}
        </Button>
      </form>
    </section>
  );
}
