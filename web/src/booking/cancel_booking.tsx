import { useState } from "preact/hooks";
import { sendOnce } from "../api/attempt";
import { setBookingStatus, type Booking } from "../api/booking";
import { asApiError, type ApiError } from "../api/error";
import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
import { ErrorNotice } from "../controls/notice";

export function CancelBooking({ booking, onCancelled }: { booking: Booking; onCancelled: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  const cancel = async () => {
    setSending(true);
    setError(null);
    try {
      await sendOnce(`cancel-${booking.id}`, {}, (_, key) => setBookingStatus(booking.id, "cancelled", key));
      setAsking(false);
      onCancelled();
    } catch (reason) {
      setError(asApiError(reason));
    }
    setSending(false);
  };

  return (
    <div>
      <Button kind="danger" onPress={() => setAsking(true)}>
        Cancel this booking
      </Button>
      {isAsking && (
        <Dialog title="Cancel this booking?" onClose={() => setAsking(false)}>
          <div class="stack">
            <p>We will not come to collect your things. A cancelled booking cannot be taken up again.</p>
            {error && (
              <ErrorNotice
                title={error.outcomeUnknown ? "We did not hear back" : "Not cancelled"}
                error={error}
                advice={error.outcomeUnknown && "Press the button again: it does no harm."}
              />
            )}
            <div class="actions">
              <Button onPress={() => setAsking(false)}>Keep it</Button>
              <Button kind="danger" busy={isSending} onPress={() => void cancel()}>
                Cancel booking
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}
