import { useRef, useState } from "preact/hooks";
import type { Booking } from "../api/booking";
import { asApiError, type ApiError } from "../api/client";
import { canEndEarly } from "../booking/lifecycle";
import { StatusChip } from "../booking/status_chip";
import { Button } from "../controls/button";
import { formatRand } from "../money";
import { bookingPath } from "../route";
import { formatAge, formatDay, formatMoment } from "../time";
import { nextAction, undoApproval, type QueueAction } from "./next_action";

interface QueueCardProps {
  booking: Booking;
  onChanged: (news: string) => Promise<void>;
  onRefused: (error: ApiError) => Promise<void>;
  onDecline: () => void;
}

export function QueueCard({ booking, onChanged, onRefused, onDecline }: QueueCardProps) {
  const [isSending, setSending] = useState(false);
  const isRunning = useRef(false);
  const next = nextAction(booking.status);

  const run = async (action: QueueAction) => {
    if (isRunning.current) return;
    isRunning.current = true;
    setSending(true);
    try {
      await action.run(booking);
      await onChanged(`${booking.id} ${action.done}`);
    } catch (reason) {
      await onRefused(asApiError(reason));
    }
    isRunning.current = false;
    setSending(false);
  };

  return (
    <li class="card queue-card">
      <div class="queue-head">
        <a class="code" href={bookingPath(booking.id)}>
          {booking.id}
        </a>
        <StatusChip status={booking.status} />
      </div>
      <div class="queue-who">
        <strong>{booking.customer_name}</strong>
        <span class="hint">{booking.email}</span>
      </div>
      <dl class="facts">
        <dt>Pickup</dt>
        <dd>
          {formatDay(booking.pickup_date)}, {booking.pickup_window}
        </dd>
        <dt>Address</dt>
        <dd>{booking.address}</dd>
        <dt>Load</dt>
        <dd>
          {booking.item_count === 1 ? "1 item" : `${booking.item_count} items`}, {formatRand(booking.total)}
        </dd>
        <dt>Booked</dt>
        <dd title={formatMoment(booking.created_at)}>{formatAge(booking.created_at)}</dd>
      </dl>
      {booking.status === "approved" && <p class="hint">Waiting for the customer to pay.</p>}
      <div class="actions">
        {next && (
          <Button kind="primary" busy={isSending} label={`${next.label} ${booking.id}`} onPress={() => void run(next)}>
            {next.label}
          </Button>
        )}
        {booking.status === "approved" && (
          <Button busy={isSending} label={`${undoApproval.label} ${booking.id}`} onPress={() => void run(undoApproval)}>
            {undoApproval.label}
          </Button>
        )}
        {canEndEarly(booking.status) && (
          <Button kind="quiet" label={`Decline ${booking.id}`} onPress={onDecline}>
            Decline
          </Button>
        )}
      </div>
    </li>
  );
}
