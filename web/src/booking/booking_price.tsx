import type { Booking } from "../api/booking";
import { formatRand, toCents } from "../money";

export function BookingPrice({ booking }: { booking: Booking }) {
  const months = booking.duration_months;
  return (
    <section class="card price" aria-labelledby="price-title">
      <h2 id="price-title">Price</h2>
      <dl class="lines">
        <div>
          <dt>
            {formatRand(booking.monthly_subtotal)} a month × {months}
          </dt>
          <dd>{formatRand((toCents(booking.monthly_subtotal) * months) / 100)}</dd>
        </div>
        <div>
          <dt>Handling, once</dt>
          <dd>{formatRand(booking.handling_fee)}</dd>
        </div>
      </dl>
      <p class="price-total">
        <span>Total</span>
        <strong>{formatRand(booking.total)}</strong>
      </p>
      {booking.payment_reference && (
        <p class="hint">
          Paid, payment reference <span class="code">{booking.payment_reference}</span>
        </p>
      )}
    </section>
  );
}
