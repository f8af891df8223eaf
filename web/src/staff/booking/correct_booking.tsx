import { useState } from "preact/hooks";
import type { Booking } from "../../api/booking";
import { statusLabels } from "../../booking/lifecycle";
import { Button } from "../../controls/button";
import { sastIso } from "../../lib/time";
import { correctionOf, actions, type Action } from "../outbox/actions";
import { act } from "../outbox/outbox";
import { movedOn, ReasonDialog } from "./reason_dialog";

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
  return (
    <ReasonDialog
      title={`Not ${statusLabels[booking.status].toLowerCase()} after all?`}
      persistedAs={`correct-${booking.id}`}
      field={{ id: "correction-reason", label: "What went wrong?", hint: "It stands in the history, which the customer can read." }}
      missing="Say what went wrong first."
      rejected={movedOn}
      confirm={{ kind: "primary", label: actions[action].label }}
      leave="Leave it"
      send={(reason) => act(booking, action, { reason })}
      onClose={onClose}
    >
      {booking.customer_name}, <span class="code">{booking.id}</span>, goes back to{" "}
      <strong>{statusLabels[actions[action].to ?? booking.status].toLowerCase()}</strong>. A mistake can be corrected until the end of its
      day.
    </ReasonDialog>
  );
}
