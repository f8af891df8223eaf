import { useState } from "preact/hooks";
import type { Booking } from "../../api/booking";
import { canEndEarly } from "../../booking/lifecycle";
import { Button } from "../../controls/button";
import { useStore } from "../../lib/store";
import { outboxStore, waitingFor } from "../outbox/outbox";
import { BookingSteps } from "./booking_steps";
import { CorrectBooking } from "./correct_booking";
import { DeclineDialog } from "./decline_dialog";
import { DeskPayment } from "./desk_payment";

/** Offers every action of staff on a booking, the next step first and largest. `today` is the date in South Africa. */
export function BookingActions({ booking, today }: { booking: Booking; today: string }) {
  const [isDeclining, setDeclining] = useState(false);
  const isIdle = waitingFor(useStore(outboxStore), booking.id).length === 0;
  return (
    <div class="booking-actions">
      {isIdle && booking.status === "approved" && <DeskPayment booking={booking} />}
      <BookingSteps booking={booking} />
      {isIdle && canEndEarly(booking.status) && (
        <Button kind="quiet" label={`Decline ${booking.id}`} onPress={() => setDeclining(true)}>
          Decline
        </Button>
      )}
      {isIdle && <CorrectBooking booking={booking} today={today} />}
      {isDeclining && <DeclineDialog booking={booking} onClose={() => setDeclining(false)} />}
    </div>
  );
}
