import { useState } from "preact/hooks";
import type { Booking } from "../../api/booking";
import { statusLabels } from "../../booking/lifecycle";
import { Button } from "../../controls/button";
import { Dialog } from "../../controls/dialog";
import { FormFrame } from "../../controls/form";
import { TextAreaField } from "../../controls/text_field";
import { sastIso } from "../../lib/time";
import { correctionOf, actions, type Action } from "../outbox/actions";
import { act } from "../outbox/outbox";
import { usePersistedText } from "./persisted_text";

/** Corrects a mistake of today that can no longer be undone. Shows nothing where there is none. */
export function CorrectBooking({ booking, today }: { booking: Booking; today: string }) {
  const [isAsking, setAsking] = useState(false);
  const action = correctionOf(booking.status);
  // A booking's last change is the step that brought it here; the server looks at the step itself.
  if (!action || sastIso(booking.updated_at).slice(0, 10) !== today) return null;
  return (
    <>
      <Button kind="quiet" label={`Correct a mistake ${booking.id}`} onPress={() => setAsking(true)}>
        Correct a mistake
      </Button>
      {isAsking && <CorrectionDialog booking={booking} action={action} onClose={() => setAsking(false)} />}
    </>
  );
}

interface CorrectionDialogProps {
  booking: Booking;
  action: Action;
  onClose: () => void;
}

function CorrectionDialog({ booking, action, onClose }: CorrectionDialogProps) {
  const [reason, setReason] = usePersistedText(`correct-${booking.id}`);
  const [errors, setErrors] = useState<string[]>([]);

  const correct = () => {
    const given = reason.trim();
    setErrors(given ? [] : ["Say what went wrong first."]);
    if (!given) return;
    if (act(booking, action, { reason: given })) {
      setReason("");
      onClose();
    } else setErrors(["The booking has moved on meanwhile. Close this and look at it again."]);
  };

  return (
    <Dialog title={`Not ${statusLabels[booking.status].toLowerCase()} after all?`} onClose={onClose}>
      <FormFrame onSubmit={correct}>
        <p>
          {booking.customer_name}, <span class="code">{booking.id}</span>, goes back to{" "}
          <strong>{statusLabels[actions[action].to ?? booking.status].toLowerCase()}</strong>. A mistake can be corrected until the end of
          its day.
        </p>
        <TextAreaField
          id="correction-reason"
          label="What went wrong?"
          hint="It stands in the history, which the customer can read."
          errors={errors}
          rows={3}
          maxLength={500}
          value={reason}
          onInput={setReason}
        />
        <div class="actions">
          <Button onPress={onClose}>Leave it</Button>
          <Button kind="primary" type="submit">
            {actions[action].label}
          </Button>
        </div>
      </FormFrame>
    </Dialog>
  );
}
