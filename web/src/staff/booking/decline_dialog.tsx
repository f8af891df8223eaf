import type { Booking } from "../../api/booking";
import { act } from "../outbox/outbox";
import { ReasonDialog } from "./reason_dialog";

export function DeclineDialog({ booking, onClose }: { booking: Booking; onClose: () => void }) {
  return (
    <ReasonDialog
      title="Decline this booking?"
      persistedAs={`decline-${booking.id}`}
      field={{ id: "reason", label: "Reason", hint: "The customer reads it." }}
      missing="Give a reason first."
      rejected="The booking has moved on meanwhile and cannot be declined any more."
      confirm={{ kind: "danger", label: "Decline booking" }}
      leave="Keep it"
      send={(reason) => act(booking, "decline", { reason })}
      onClose={onClose}
    >
      {booking.customer_name}, <span class="code">{booking.id}</span>. A declined booking cannot be taken up again.
    </ReasonDialog>
  );
}
