import type { QueueStatus } from "../../api/booking";
import { statusLabels } from "../../booking/lifecycle";
import { Button } from "../../controls/button";
import { useStore } from "../../lib/store";
import type { Column } from "./board";
import { BookingCard } from "./booking_card";
import { isNew, seenStore } from "./seen";

const meanings: Record<QueueStatus, string> = {
  submitted: "To approve",
  approved: "Waiting for payment",
  paid: "To collect",
  collected: "To store",
  in_storage: "To return",
};

interface BoardColumnProps {
  column: Column;
  /** True for the one that is shown where there is room for one. */
  isChosen: boolean;
  onMore: () => void;
}

export function BoardColumn({ column, isChosen, onMore }: BoardColumnProps) {
  const { status, count, bookings, has_more } = column;
  const seen = useStore(seenStore);
  const news = bookings.filter((booking) => isNew(booking, seen)).length;
  return (
    <section class={`column ${isChosen ? "column-chosen" : ""}`} aria-labelledby={`column-${status}`} data-status={status}>
      <div class="column-head">
        <h2 id={`column-${status}`} tabIndex={-1} data-focus-home>
          {statusLabels[status]} <span class="count">{count}</span>
        </h2>
        <p class="hint">
          {meanings[status]}
          {news > 0 && ", "}
          {news > 0 && <strong class="column-news">{news} new</strong>}
        </p>
      </div>
      <div class="column-body">
        <ul aria-label={`${statusLabels[status]}, oldest first`}>
          {bookings.map((booking) => (
            <BookingCard key={booking.id} booking={booking} isNew={isNew(booking, seen)} />
          ))}
        </ul>
        {bookings.length === 0 && <p class="column-empty">Nothing here</p>}
        {has_more && (
          <p class="print-only hint">
            The first {bookings.length} of {count}.
          </p>
        )}
        {has_more && (
          <Button label={`Show more: ${statusLabels[status]}`} onPress={onMore}>
            Show more
          </Button>
        )}
      </div>
    </section>
  );
}
