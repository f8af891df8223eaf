import type { BookingDetail, BookingHistory, Status } from "../api/booking";
import { locationStore, sentEarlier } from "../app/route";
import { Freshness } from "../controls/freshness";
import { Loading } from "../controls/loading";
import { Notice } from "../controls/notice";
import { Page } from "../controls/page";
import { useStore } from "../lib/store";
import { useBooking } from "./booking_history";
import { BookingItems } from "./booking_items";
import { BookingMessages, useMessages, type ShownMessages } from "./booking_messages";
import { BookingPrice } from "./booking_price";
import { BookingTimeline } from "./booking_timeline";
import { CancelBooking } from "./cancel_booking";
import { CustomerChanges } from "./changes";
import { FlowSteps } from "./flow_steps";
import { canEndEarly, statusLabel, statusMeaning } from "./lifecycle";
import { MissingBooking } from "./missing_booking";
import { NextStep } from "./next_step";
import { isPickupPast } from "./pickup_day";
import { CustomerPhotos } from "./photos";
import { PickupDetails } from "./pickup_details";
import { StatusChip } from "./status_chip";

// Steps 4 and 5 of booking, and 6 once both are done. Later states and those that ended early show no steps.
const flowStep: Partial<Record<Status, number>> = { submitted: 4, approved: 5, paid: 6 };

export function BookingPage({ id }: { id: string }) {
  const { result, history } = useBooking(id, "living");
  const { data: booking, error } = result;
  const isGone = error?.code === "not_found";
  const isOfEarlier = useStore(locationStore).endsWith(sentEarlier);
  const step = booking && flowStep[booking.status];
  const messages = useMessages(id);
  const isWaiting = [result, history, messages].some((part) => !part.data && !part.error);
  // All parts render at once: a late one would push down the parts below it.
  if (!error && (isWaiting || !booking)) return <Loading label="Loading the booking" lines={6} />;
  return (
    <>
      {step && <FlowSteps current={step} />}
      <Page
        title={`Booking ${id}`}
        heading={
          <>
            Booking <span class="unbroken">{id}</span>
          </>
        }
        lead={booking && !isGone && <StatusLine booking={booking} />}
      >
        {isOfEarlier && booking && <EarlierNotice />}
        {booking && !isGone ? (
          <BookingView booking={booking} history={history.data} messages={messages} onChanged={() => void result.refresh()} />
        ) : (
          <MissingBooking error={error} onRetry={() => void result.refresh()} />
        )}
        {!isGone && <Freshness query={result} />}
      </Page>
    </>
  );
}

function EarlierNotice() {
  return (
    <Notice kind="info" title="Your first request had reached us">
      <p>It is booked as you sent it then; what you changed afterwards is not in it. If it is not right, cancel it and book again.</p>
    </Notice>
  );
}

function StatusLine({ booking }: { booking: BookingDetail }) {
  const { status } = booking;
  const meaning = status === "approved" && isPickupPast(booking) ? "Our staff have approved it." : statusMeaning[status];
  return (
    <p class="status-line" role="status">
      <StatusChip status={status} /> <span>{meaning ?? statusLabel(status)}</span>
    </p>
  );
}

interface BookingViewProps {
  booking: BookingDetail;
  history: BookingHistory | null;
  messages: ShownMessages;
  onChanged: () => void;
}

function BookingView({ booking, history, messages, onChanged }: BookingViewProps) {
  return (
    <div class="booking-view">
      <div class="booking-column">
        <NextStep booking={booking} history={history} onChanged={onChanged} />
        <BookingMessages messages={messages} />
        <BookingTimeline booking={booking} history={history} />
      </div>
      <div class="booking-column">
        <BookingPrice booking={booking} />
        <BookingItems items={booking.items} />
        <PickupDetails booking={booking} />
        <CustomerChanges booking={booking} onChanged={onChanged} />
        {canEndEarly(booking.status) && <CancelBooking booking={booking} onCancelled={onChanged} />}
        <CustomerPhotos booking={booking} />
      </div>
    </div>
  );
}
