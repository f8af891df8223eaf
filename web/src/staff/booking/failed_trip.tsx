import { useState } from "preact/hooks";
import type { Booking, BookingHistoryChange } from "../../api/booking";
import { Button } from "../../controls/button";
import { Dialog } from "../../controls/dialog";
import { FormFrame } from "../../controls/form";
import { TextAreaField } from "../../controls/text_field";
import { useStore } from "../../lib/store";
import { sastIso } from "../../lib/time";
import { act, outboxStore, waitingFor } from "../outbox/outbox";
import { usePersistedText } from "./persisted_text";

interface FailedTripProps {
  booking: Booking;
  changes: readonly BookingHistoryChange[];
  today: string;
}

/** The stop that staff make next; null where none is planned. */
function plannedStop({ status, return_date, pickup_method }: Booking): "pickup" | "return" | null {
  if (status === "paid") return pickup_method === "brought" ? null : "pickup";
  return (status === "collected" || status === "in_storage") && return_date ? "return" : null;
}

/** The last failed trip of today that holds. */
function failedToday(changes: readonly BookingHistoryChange[], today: string): string | null {
  const undone = new Set(changes.filter(({ type }) => type === "failed_trip_undone").map(({ client_id }) => client_id));
  const trips = changes.filter(
    ({ type, at, client_id }) => type === "failed_trip" && sastIso(at).startsWith(today) && !undone.has(client_id),
  );
  return trips[trips.length - 1]?.client_id ?? null;
}

/** Says that nothing could be collected or brought back, or takes that back on its day. */
export function FailedTrip({ booking, changes, today }: FailedTripProps) {
  const [isAsking, setAsking] = useState(false);
  const isIdle = waitingFor(useStore(outboxStore), booking.id).length === 0;
  const stop = plannedStop(booking);
  const trip = failedToday(changes, today);
  if (!isIdle) return null;
  if (booking.needs_new_date) {
    return trip ? (
      <Button kind="quiet" label={`No failed trip after all ${booking.id}`} onPress={() => act(booking, "unfail", { trip })}>
        No failed trip after all
      </Button>
    ) : null;
  }
  if (!stop) return null;
  return (
    <>
      <Button kind="quiet" label={`Failed trip ${booking.id}`} onPress={() => setAsking(true)}>
        Failed trip
      </Button>
      {isAsking && <FailedTripDialog booking={booking} stop={stop} onClose={() => setAsking(false)} />}
    </>
  );
}

function FailedTripDialog({ booking, stop, onClose }: { booking: Booking; stop: "pickup" | "return"; onClose: () => void }) {
  const [reason, setReason] = usePersistedText(`failed-trip-${booking.id}`);
  const [errors, setErrors] = useState<string[]>([]);

  const send = () => {
    const given = reason.trim();
    setErrors(given ? [] : ["Say why first."]);
    if (!given) return;
    if (act(booking, "fail", { reason: given })) {
      setReason("");
      onClose();
    } else setErrors(["The booking has moved on meanwhile. Close this and look at it again."]);
  };

  return (
    <Dialog title={stop === "pickup" ? "Nothing collected?" : "Nothing brought back?"} onClose={onClose}>
      <FormFrame error={errors.length > 0 && errors} onSubmit={send}>
        <p>
          {booking.customer_name}, <span class="code">{booking.id}</span>, is asked for another day. It can be undone today.
        </p>
        <TextAreaField
          id="trip-reason"
          label="Why?"
          hint="The customer reads it."
          errors={errors}
          rows={3}
          maxLength={500}
          value={reason}
          onInput={setReason}
        />
        <div class="actions">
          <Button onPress={onClose}>Not so</Button>
          <Button kind="primary" type="submit">
            Failed trip
          </Button>
        </div>
      </FormFrame>
    </Dialog>
  );
}
