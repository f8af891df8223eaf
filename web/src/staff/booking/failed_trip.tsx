import { useState } from "preact/hooks";
import type { Booking, BookingHistoryChange } from "../../api/booking";
import { Button } from "../../controls/button";
import { useStore } from "../../lib/store";
import { sastIso } from "../../lib/time";
import { act, outboxStore, waitingFor } from "../outbox/outbox";
import { movedOn, ReasonDialog } from "./reason_dialog";

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
  return (
    <ReasonDialog
      title={stop === "pickup" ? "Nothing collected?" : "Nothing brought back?"}
      persistedAs={`failed-trip-${booking.id}`}
      field={{ id: "trip-reason", label: "Why?", hint: "The customer reads it." }}
      missing="Say why first."
      rejected={movedOn}
      confirm={{ kind: "primary", label: "Failed trip" }}
      leave="Not so"
      send={(reason) => act(booking, "fail", { reason })}
      onClose={onClose}
    >
      {booking.customer_name}, <span class="code">{booking.id}</span>, is asked for another day. It can be undone today.
    </ReasonDialog>
  );
}
