import { useState } from "preact/hooks";
import type { Booking } from "../../api/booking";
import { canEndEarly } from "../../booking/lifecycle";
import { Button } from "../../controls/button";
import { BookingSteps } from "./booking_steps";
import { CorrectBooking } from "./correct_booking";
import { DeclineDialog } from "./decline_dialog";
import { DeskPayment } from "./desk_payment";
import { outboxStore, waitingFor } from "../outbox/outbox";

/** Everything staff can do to a booking now, the next step first and largest. */
export function BookingActions({ booking }: { booking: Booking }) {
  const [isDeclining, setDeclining] = useState(false);
  const isIdle = waitingFor(outboxStore.value, booking.id).length === 0;
  return (
    <div class="booking-actions">
      {isIdle && booking.status === "approved" && <DeskPayment booking={booking} />}
      <BookingSteps booking={booking} />
      {isIdle && canEndEarly(booking.status) && (
        <Button kind="quiet" label={`Decline ${booking.id}`} onPress={() => setDeclining(true)}>
          Decline
        </Button>
      )}
      {isIdle && <CorrectBooking booking={booking} />}
      {isDeclining && <DeclineDialog booking={booking} onClose={() => setDeclining(false)} />}
    </div>
  );
}
