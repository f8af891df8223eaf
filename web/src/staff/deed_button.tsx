import { useState } from "preact/hooks";
import type { Booking } from "../api/booking";
import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
import { counted } from "../count";
import { deeds, type Deed } from "./deeds";
import { act } from "./outbox";

interface DeedButtonProps {
  booking: Booking;
  deed: Deed;
  kind?: "primary" | "plain";
  /** Stands before the label of a step that follows one which still waits. */
  lead?: string;
  busy?: boolean;
}

/** Takes a step with one tap; a return, which ends the booking, asks once. */
export function DeedButton({ booking, deed, kind = "primary", lead = "", busy = false }: DeedButtonProps) {
  const [isAsking, setAsking] = useState(false);
  const { label } = deeds[deed];
  const confirm = () => {
    setAsking(false);
    act(booking, deed);
  };
  return (
    <>
      <Button
        kind={kind}
        busy={busy}
        label={`${lead}${label} ${booking.id}`}
        onPress={() => (deed === "return" ? setAsking(true) : act(booking, deed))}
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
