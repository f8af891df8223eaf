import { useState } from "preact/hooks";
import { sendOnce } from "../api/attempt";
import { payBooking, type Booking, type PaymentMethod } from "../api/booking";
import { Button } from "../controls/button";
import { FormFrame } from "../controls/form";
import { Notice, RejectionNotice } from "../controls/notice";
import { useSending } from "../controls/sending";
import { formatRand } from "../lib/money";
import { formatDay } from "../lib/time";
import { firstPaymentMethod, PaymentMethodChoice } from "./payment_method_choice";
import { isPickupPast } from "./pickup_day";

export function PaymentForm({ booking, onPaid }: { booking: Booking; onPaid: () => void }) {
  const [method, setMethod] = useState<PaymentMethod>(firstPaymentMethod);
  const { error, isBusy, run } = useSending();
  const pay = () => sendOnce(`payment-${booking.id}`, { method }, (body, key) => payBooking(booking.id, body.method, key)).finally(onPaid);

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
      <FormFrame error={error} onSubmit={() => void run(pay)}>
        <PaymentMethodChoice legend="How do you pay?" chosen={method} onChoose={setMethod} />
        <p class="hint">No real card is charged and no bank is contacted: this records the payment with the booking.</p>
        {error && (
          <RejectionNotice
            title="Payment not recorded"
            error={error}
            advice="Press the button again: however often you do, it is recorded once."
          />
        )}
        <Button kind="primary" type="submit" busy={isBusy}>
          {isBusy ? "Recording…" : "Record payment"}
        </Button>
      </FormFrame>
    </section>
  );
}
