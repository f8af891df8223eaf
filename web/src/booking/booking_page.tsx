import { fetchBooking, type BookingDetail } from "../api/booking";
import { Freshness } from "../controls/freshness";
import { Loading } from "../controls/loading";
import { ErrorNotice } from "../controls/notice";
import { pollEveryMs, useLoaded } from "../loaded";
import { roleStore } from "../session";
import { Page } from "../shell/page";
import { useStore } from "../store";
import { formatDay, formatMoment } from "../time";
import { BookingItems } from "./booking_items";
import { BookingPrice } from "./booking_price";
import { BookingTimeline } from "./booking_timeline";
import { CancelBooking } from "./cancel_booking";
import { canEndEarly, statusLabels, statusMeaning } from "./lifecycle";
import { PaymentForm } from "./payment_form";
import { StatusChip } from "./status_chip";

export function BookingPage({ id }: { id: string }) {
  const loaded = useLoaded((signal) => fetchBooking(id, signal), [id], pollEveryMs);
  const { data: booking, error } = loaded;
  const isGone = error?.status === 404;
  return (
    <Page
      title={`Booking ${id}`}
      heading={
        <>
          Booking <span class="unbroken">{id}</span>
        </>
      }
      lead={booking && <StatusLine booking={booking} />}
    >
      {booking && !isGone ? (
        <BookingView booking={booking} onChanged={() => void loaded.refresh()} />
      ) : isGone ? (
        <ErrorNotice title="We do not know this reference" error={error} />
      ) : error ? (
        <ErrorNotice title="The booking could not be loaded" error={error} onRetry={() => void loaded.refresh()} />
      ) : (
        <Loading label="Loading the booking" lines={6} />
      )}
      {!isGone && <Freshness loaded={loaded} />}
      {isGone && (
        <p>
          Check the reference and <a href="/booking">try again</a>.
        </p>
      )}
    </Page>
  );
}

function StatusLine({ booking }: { booking: BookingDetail }) {
  return (
    <p class="status-line" role="status">
      <StatusChip status={booking.status} /> <span>{statusMeaning[booking.status] ?? statusLabels[booking.status]}</span>
    </p>
  );
}

function BookingView({ booking, onChanged }: { booking: BookingDetail; onChanged: () => void }) {
  return (
    <div class="booking-view">
      <div class="booking-column">
        {booking.status === "approved" && <PaymentForm booking={booking} onPaid={onChanged} />}
        <BookingTimeline booking={booking} />
      </div>
      <div class="booking-column">
        <BookingPrice booking={booking} />
        <BookingItems items={booking.items} />
        <PickupDetails booking={booking} />
        {canEndEarly(booking.status) && <CancelBooking booking={booking} onCancelled={onChanged} />}
      </div>
    </div>
  );
}

function PickupDetails({ booking }: { booking: BookingDetail }) {
  const role = useStore(roleStore);
  return (
    <section class="card" aria-labelledby="pickup-title">
      <h2 id="pickup-title">Pickup</h2>
      <dl class="facts">
        <dt>Date</dt>
        <dd>{formatDay(booking.pickup_date)}</dd>
        <dt>Time</dt>
        <dd>{booking.pickup_window}</dd>
        <dt>Address</dt>
        <dd>{booking.address}</dd>
        <dt>Name</dt>
        <dd>{booking.customer_name}</dd>
        <dt>E-mail</dt>
        <dd>{booking.email}</dd>
        <dt>Booked</dt>
        <dd>{formatMoment(booking.created_at)}</dd>
      </dl>
      {role !== "customer" && (
        <p>
          <a href={`/admin/audit?booking_id=${encodeURIComponent(booking.id)}`}>What happened to this booking</a>
        </p>
      )}
    </section>
  );
}
