import { useEffect } from "preact/hooks";
import type { Booking, BookingHistoryChange, Status } from "../../api/booking";
import { receiptPath } from "../../app/route";
import { BookingItems } from "../../booking/booking_items";
import { BookingPrice } from "../../booking/booking_price";
import { ClaimCodeCard } from "../../booking/claim_code";
import { StatusChip } from "../../booking/status_chip";
import { ChangeBooking } from "../../changing/part";
import { Loading } from "../../controls/loading";
import { ErrorNotice } from "../../controls/notice";
import { today } from "../../lib/time";
import { markSeen } from "../board/seen";
import { useFocusRestoration } from "../focus_restoration";
import { StaffFreshness } from "../staff_freshness";
import { StaffPhotos } from "../photos/staff_photos";
import { StaffPage } from "../staff_page";
import { BookingActions } from "./booking_actions";
import { BookingContact } from "./booking_contact";
import { CustomerMessages } from "./customer_messages";
import { FailedTrip } from "./failed_trip";
import { BookingHistoryCard } from "./history_card";
import { useOpenedBooking, type OpenedBooking } from "./opened_booking";

const meanings: Record<Status, string> = {
  submitted: "Waits for your approval.",
  approved: "Waits for the customer to pay.",
  paid: "Paid. Next, collect the items.",
  collected: "Collected. Next, put the items in storage.",
  in_storage: "In our store until the customer wants everything back.",
  returned: "Everything is back with the customer.",
  declined: "We declined this booking.",
  cancelled: "This booking was cancelled.",
};

function meaningOf({ status, needs_new_date, pickup_method }: Booking): string {
  if (needs_new_date) return needsNewDate;
  return status === "paid" && pickup_method === "brought" ? "Paid. Next, take the items in." : meanings[status];
}

const needsNewDate = "The last trip failed. The customer is asked for another day.";

export function StaffBookingPage({ id }: { id: string }) {
  const { opened, error, refresh, ...freshness } = useOpenedBooking(id);
  useEffect(() => markSeen([id]), [id]);
  const isUnknown = error?.code === "not_found";
  return (
    <StaffPage
      title={opened ? `${opened.booking.customer_name}, ${id}` : `Booking ${id}`}
      heading={opened?.booking.customer_name ?? `Booking ${id}`}
      lead={
        <>
          <span class="code">{id}</span>
          {!isUnknown && <StaffFreshness {...freshness} error={error} />}
        </>
      }
    >
      {isUnknown ? (
        <ErrorNotice title="There is no booking with this reference" error={error} advice="Check it and scan or type it again." />
      ) : opened ? (
        <StaffBooking opened={opened} isWaiting={!freshness.is_answered && !error} onChanged={refresh} />
      ) : error ? (
        <ErrorNotice title="The booking could not be loaded" error={error} onRetry={refresh} />
      ) : (
        <Loading label="Loading the booking" lines={6} />
      )}
      {(opened || error) && (
        <p class="screen-only">
          <a class="touch-link" href="/staff">
            Back to the board
          </a>
        </p>
      )}
    </StaffPage>
  );
}

interface StaffBookingProps {
  opened: OpenedBooking;
  /** True while the parts that this kiosk has not stored are loading. */
  isWaiting: boolean;
  onChanged: () => void;
}

function StaffBooking({ opened: { booking, items, history, changes }, isWaiting, onChanged }: StaffBookingProps) {
  return (
    <div class="staff-booking">
      <div class="staff-booking-column">
        <StaffStatus booking={booking} changes={changes} today={today()} />
        <BookingContact booking={booking} />
        <BookingPrice booking={booking} />
        <ClaimCodeCard booking={booking} />
        {booking.payment_reference && (
          <p class="screen-only">
            <a class="touch-link" href={receiptPath(booking.id)}>
              Receipt
            </a>
          </p>
        )}
        {!isWaiting && <ChangeBooking booking={booking} items={items} isStaff onChanged={onChanged} />}
      </div>
      <div class="staff-booking-column">
        {items && <BookingItems items={items} />}
        {!items && isWaiting && (
          <div class="card">
            <Loading label="Loading the items" />
          </div>
        )}
        <StaffPhotos booking={booking} items={items ?? []} />
        <CustomerMessages booking={booking} />
        <BookingHistoryCard id={booking.id} steps={history} changes={changes} />
      </div>
    </div>
  );
}

interface StaffStatusProps {
  booking: Booking;
  changes: readonly BookingHistoryChange[];
  today: string;
}

function StaffStatus({ booking, changes, today: date }: StaffStatusProps) {
  const focus = useFocusRestoration();
  return (
    <div {...focus}>
      <section class="card staff-status" aria-label="Status" data-booking={booking.id}>
        <p class="staff-status-line" role="status" tabIndex={-1} data-focus-home>
          <StatusChip status={booking.status} /> <span>{meaningOf(booking)}</span>
        </p>
        <BookingActions booking={booking} today={date} />
        <FailedTrip booking={booking} changes={changes} today={date} />
      </section>
    </div>
  );
}
