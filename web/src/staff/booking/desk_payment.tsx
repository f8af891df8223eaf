import { useState } from "preact/hooks";
import type { Booking, PaymentMethod } from "../../api/booking";
import { firstPaymentMethod, PaymentMethodChoice } from "../../booking/payment_method_choice";
import { Button } from "../../controls/button";
import { FormFrame } from "../../controls/form";
import { formatRand } from "../../lib/money";
import { actions } from "../outbox/actions";
import { act } from "../outbox/outbox";

/** Payment at the desk, for a customer who does not pay online. */
export function DeskPayment({ booking }: { booking: Booking }) {
  const [method, setMethod] = useState<PaymentMethod>(firstPaymentMethod);
  return (
    <FormFrame onSubmit={() => act(booking, "pay", { method })}>
      <PaymentMethodChoice legend="Paying at the desk by" chosen={method} onChoose={setMethod} />
      <Button kind="primary" type="submit">
        {actions.pay.label}: {formatRand(booking.total)}
      </Button>
    </FormFrame>
  );
}
