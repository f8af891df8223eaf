import { useState } from "preact/hooks";
import { randomKey } from "../attempt";
import { setBookingStatus, type Booking } from "../api/booking";
import { asApiError, type ApiError } from "../api/client";
import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
import { Field } from "../controls/field";
import { ErrorNotice } from "../controls/notice";

interface DeclineDialogProps {
  booking: Booking;
  onDeclined: (news: string) => Promise<void>;
  onClose: () => void;
}

export function DeclineDialog({ booking, onDeclined, onClose }: DeclineDialogProps) {
  const [reason, setReason] = useState("");
  const [faults, setFaults] = useState<string[]>([]);
  const [error, setError] = useState<ApiError | null>(null);
  const [isSending, setSending] = useState(false);

  const decline = async () => {
    const given = reason.trim();
    setFaults(given ? [] : ["Give a reason first."]);
    setError(null);
    if (!given || isSending) return;
    setSending(true);
    try {
      await setBookingStatus(booking.id, "declined", randomKey(), given);
      onClose();
      await onDeclined(`${booking.id} declined`);
    } catch (refused) {
      setError(asApiError(refused));
      setSending(false);
    }
  };

  return (
    <Dialog title="Decline this booking?" onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void decline();
        }}
      >
        <p>
          {booking.customer_name}, <span class="code">{booking.id}</span>
        </p>
        <Field id="reason" label="Reason" hint="Kept in the audit trail." faults={faults}>
          {(control) => (
            <textarea
              {...control}
              rows={3}
              maxLength={500}
              value={reason}
              onInput={({ currentTarget }) => setReason(currentTarget.value)}
            />
          )}
        </Field>
        {error && <ErrorNotice title="Not declined" error={error} />}
        <div class="actions">
          <Button onPress={onClose}>Keep it</Button>
          <Button kind="danger" type="submit" busy={isSending}>
            Decline booking
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
