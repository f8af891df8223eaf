import { useState } from "preact/hooks";
import type { Booking } from "../../api/booking";
import { Button } from "../../controls/button";
import { Dialog } from "../../controls/dialog";
import { FormFrame } from "../../controls/form";
import { TextAreaField } from "../../controls/text_field";
import { act } from "../outbox/outbox";
import { usePersistedText } from "./persisted_text";

export function DeclineDialog({ booking, onClose }: { booking: Booking; onClose: () => void }) {
  const [reason, setReason] = usePersistedText(`decline-${booking.id}`);
  const [errors, setErrors] = useState<string[]>([]);

  const decline = () => {
    const given = reason.trim();
    setErrors(given ? [] : ["Give a reason first."]);
    if (!given) return;
    if (act(booking, "decline", { reason: given })) {
      setReason("");
      onClose();
    } else setErrors(["The booking has moved on meanwhile and cannot be declined any more."]);
  };

  return (
    <Dialog title="Decline this booking?" onClose={onClose}>
      <FormFrame error={errors.length > 0 && errors} onSubmit={decline}>
        <p>
          {booking.customer_name}, <span class="code">{booking.id}</span>. A declined booking cannot be taken up again.
        </p>
        <TextAreaField
          id="reason"
          label="Reason"
          hint="The customer reads it."
          errors={errors}
          rows={3}
          maxLength={500}
          value={reason}
          onInput={setReason}
        />
        <div class="actions">
          <Button onPress={onClose}>Keep it</Button>
          <Button kind="danger" type="submit">
            Decline booking
          </Button>
        </div>
      </FormFrame>
    </Dialog>
  );
}
