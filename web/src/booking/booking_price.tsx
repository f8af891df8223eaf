import type { Booking } from "../api/booking";
import { PriceLines } from "./price_lines";

export function BookingPrice({ booking }: { booking: Booking }) {
  return (
    <section class="card price" aria-labelledby="price-title">
      <h2 id="price-title">Price</h2>
      <PriceLines booking={booking} total="Total" />
      {booking.payment_reference && (
        <p class="hint">
          Paid, payment reference <span class="code">{booking.payment_reference}</span>.
        </p>
      )}
    </section>
  );
}
