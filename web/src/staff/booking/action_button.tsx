import { useState } from "preact/hooks";
import type { Booking } from "../../api/booking";
import { Button } from "../../controls/button";
import { Dialog } from "../../controls/dialog";
import { counted } from "../../lib/count";
import { actions, type Action } from "../outbox/actions";
import { act } from "../outbox/outbox";

interface ActionButtonProps {
  booking: Booking;
  action: Action;
  kind?: "primary" | "plain";
  /** Precedes the label of a step that follows an unsent one. */
  lead?: string;
  busy?: boolean;
}

/** Takes an action with one tap; a return, which ends the booking, needs a confirmation. */
export function ActionButton({ booking, action, kind = "primary", lead = "", busy = false }: ActionButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const isBrought = booking.pickup_method === "brought";
  const label = action === "collect" && isBrought ? "Mark received" : actions[action].label;
  const confirm = () => {
    setAsking(false);
    act(booking, action);
  };
  return (
    <>
      <Button
        kind={kind}
        busy={busy}
        label={`${lead}${label} ${booking.id}`}
        onPress={() => (action === "return" ? setAsking(true) : act(booking, action))}
      >
        {lead}
        {label}
      </Button>
      {isAsking && (
        <Dialog title="Everything handed back?" onClose={() => setAsking(false)}>
          <div class="stack">
            <p>
              {booking.customer_name}, <span class="code">{booking.id}</span>, {counted(booking.item_count, "item")}. This ends the booking.
            </p>
            <div class="actions">
              <Button onPress={() => setAsking(false)}>Not yet</Button>
              <Button kind="primary" onPress={confirm}>
                Yes, all handed back
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
