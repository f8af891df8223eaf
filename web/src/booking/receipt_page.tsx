import { Fragment } from "preact";
import type { BookingDetail, BookingHistory } from "../api/booking";
import { bookingPath } from "../app/route";
import { Breakable } from "../controls/breakable";
import { Button } from "../controls/button";
import { Notice } from "../controls/notice";
import { Page } from "../controls/page";
import { formatDay, formatMoment } from "../lib/time";
import { useBooking } from "./booking_history";
import { MissingBooking } from "./booking_page";
import { groupItems, typeLabel } from "./item_list";
import { paymentMethodLabel } from "./payment_method";
import { PriceLines } from "./price_lines";

export function ReceiptPage({ id }: { id: string }) {
  const { result, history } = useBooking(id);
  const { data: booking, error } = result;
  const isPaid = Boolean(booking?.payment_reference);
  const isWaiting = booking ? isPaid && !history.data && !history.error : !error;
  return (
    <Page title={`Receipt ${id}`} heading="Receipt">
      {!booking ? (
        <MissingBooking error={error} onRetry={() => void result.refresh()} />
      ) : !isPaid ? (
        <Notice kind="info" title="There is no receipt yet">
          <p>This booking has not been paid.</p>
        </Notice>
      ) : history.data ? (
        <Receipt booking={booking} history={history.data} />
      ) : (
        <MissingBooking error={history.error} onRetry={() => void history.refresh()} />
      )}
      {!isWaiting && (
        <p class="actions screen-only">
          {isPaid && history.data && (
            <Button kind="primary" onPress={() => window.print()}>
              Print
            </Button>
          )}
          {booking && (
            <a class="button" href={bookingPath(id)}>
              Back to the booking
            </a>
          )}
        </p>
      )}
    </Page>
  );
}

function Receipt({ booking, history }: { booking: BookingDetail; history: BookingHistory }) {
  const payment = history.history.find(({ status }) => status === "paid");
  return (
    <article class="card receipt">
      <header>
        <strong class="receipt-name">Hatfield Storage Solutions</strong>
        <p class="hint">Student storage in Hatfield, Pretoria</p>
      </header>
      <dl class="facts">
        <dt>Booking</dt>
        <dd class="code">{booking.id}</dd>
        <dt>Payment reference</dt>
        <dd class="code">{booking.payment_reference}</dd>
        {payment && (
          <>
            <dt>Paid</dt>
            <dd>{formatMoment(payment.at)}</dd>
          </>
        )}
        {payment?.payment_method && (
          <>
            <dt>Method</dt>
            <dd class="sentence">{paymentMethodLabel(payment.payment_method)}</dd>
          </>
        )}
        <dt>Customer</dt>
        <dd>
          {booking.customer_name}
          {"\n"}
          <Breakable text={booking.email} />
        </dd>
        <dt>Pickup</dt>
        <dd>
          {formatDay(booking.pickup_date)}, {booking.pickup_window}
          {"\n"}
          {booking.address}
        </dd>
      </dl>
      <table>
        <thead>
          <tr>
            <th scope="col">Stored</th>
            <th scope="col">Quantity</th>
          </tr>
        </thead>
        <tbody>
          {groupItems(booking.items).map(({ type, quantity, descriptions }) => (
            <Fragment key={type}>
              <tr>
                <td>{typeLabel(type)}</td>
                <td>{quantity}</td>
              </tr>
              {descriptions.map((description, index) => (
                <tr key={index} class="receipt-description">
                  <td colSpan={2} class="hint">
                    {description}
                  </td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
      <PriceLines booking={booking} total="Total paid" />
    </article>
  );
}
