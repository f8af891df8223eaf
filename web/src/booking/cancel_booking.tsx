import { useState } from "preact/hooks";
import { sendOnce } from "../api/attempt";
import { setBookingStatus, type Booking } from "../api/booking";
import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
import { RejectionNotice } from "../controls/notice";
import { useSending } from "../controls/sending";

export function CancelBooking({ booking, onCancelled }: { booking: Booking; onCancelled: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const { error, isBusy, run } = useSending();
  const cancel = async () => {
    await sendOnce(`cancel-${booking.id}`, {}, (_, key) => setBookingStatus(booking.id, "cancelled", key));
    setAsking(false);
    onCancelled();
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
            {error && <RejectionNotice title="Not cancelled" error={error} advice="Press the button again: it does no harm." />}
            <div class="actions">
              <Button onPress={() => setAsking(false)}>Keep it</Button>
              <Button kind="danger" busy={isBusy} onPress={() => void run(cancel)}>
                Cancel booking
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}
