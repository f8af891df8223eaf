import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { BookingDetail, BookingHistory, Status } from "../api/booking";
import { receiptPath } from "../app/route";
import { formatDay, today } from "../lib/time";
import { PaymentForm } from "./payment_form";
import { isPickupPast } from "./pickup_day";
import { returnWords } from "./return_words";

interface NextStepProps {
  booking: BookingDetail;
  history: BookingHistory | null;
  onChanged: () => void;
}

/** Shows the customer's next step, or the one they wait for. */
export function NextStep({ booking, history, onChanged }: NextStepProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const seen = useRef(booking.status);
  useEffect(() => {
    // Paying or cancelling removes the button that had the focus.
    if (seen.current !== booking.status && document.activeElement === document.body) heading.current?.focus();
    seen.current = booking.status;
  }, [booking.status]);
  if (booking.status === "approved") return <PaymentForm booking={booking} onPaid={onChanged} />;
  const { title, text } = nextSteps[booking.status](booking);
  const reason = booking.status === "declined" ? history?.history.find(({ status }) => status === "declined")?.reason : null;
  const isOver = booking.status === "declined" || booking.status === "cancelled";
  return (
    <section class="card next-step" aria-labelledby="next-title">
      <h2 id="next-title" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {reason && (
        <p>
          The reason: <q>{reason}</q>
        </p>
      )}
      <p>{text}</p>
      {booking.payment_reference && (
        <p class="actions">
          <a class="button" href={receiptPath(booking.id)}>
            Show receipt
          </a>
        </p>
      )}
      {isOver && (
        <p class="actions">
          <a class="button" href="/">
            Make a new booking
          </a>
        </p>
      )}
    </section>
  );
}

type Words = (booking: BookingDetail) => { title: string; text: ComponentChildren };

/** Shown once the time of the pickup is past; a booking can be approved and paid after it. */
const newDay = "Our staff will agree on a new day with you, and write to you on this page.";

const nextSteps: Record<Exclude<Status, "approved">, Words> = {
  submitted: (booking) => ({
    title: "Our staff are looking at it",
    text: isPickupPast(booking)
      ? `The pickup on ${formatDay(booking.pickup_date)} has gone by meanwhile. ${newDay} You pay only after they approve.`
      : "You pay only after they approve. This page changes by itself; you may also close it and come back with your reference.",
  }),
  paid: (booking) => {
    const { pickup_date, pickup_window } = booking;
    const when = (
      <>
        <strong>{formatDay(pickup_date)}</strong> between <strong>{pickup_window}</strong>
      </>
    );
    if (booking.needs_new_date) {
      return { title: "Your pickup needs a new day", text: <>We could not collect on {when}. Choose another day on this page.</> };
    }
    if (booking.pickup_method === "brought") {
      return { title: "Bring us your things", text: <>We take them in at our store on {formatDay(pickup_date)}.</> };
    }
    if (isPickupPast(booking)) {
      return {
        title: "Your pickup needs a new day",
        text: (
          <>
            It was to be on {when}, which has gone by. {newDay}
          </>
        ),
      };
    }
    return { title: "We are coming to collect", text: <>Have your things ready on {when}.</> };
  },
  collected: () => ({ title: "Nothing to do for now", text: "This page tells you once your things are in our store." }),
  in_storage: (booking) => {
    const when = returnWords(booking);
    if (booking.needs_new_date) {
      return {
        title: "Your return needs a new day",
        text: `We could not bring your things back on ${when}. Choose another day on this page.`,
      };
    }
    if (when) return { title: "Your things come back", text: `On ${when}.` };
    if (booking.due_on < today()) {
      return {
        title: "Your time in our store is over",
        text: `It was until ${formatDay(booking.due_on)}. Ask for your things on this page.`,
      };
    }
    return {
      title: "Nothing to do for now",
      text: `We look after your things until ${formatDay(booking.due_on)}. Ask for them on this page when you need them.`,
    };
  },
  returned: () => ({ title: "Thank you for storing with us", text: "We would be glad to see you again." }),
  declined: () => ({ title: "Nothing is owed", text: "You are welcome to book again." }),
  cancelled: () => ({ title: "Nothing is owed", text: "You are welcome to book again." }),
};
