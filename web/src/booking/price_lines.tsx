import type { Booking } from "../api/booking";
import { counted } from "../lib/count";
import { formatRand, toCents } from "../lib/money";

/** Lists what makes up a booking's price; `total` labels the sum. */
export function PriceLines({ booking, total }: { booking: Booking; total: string }) {
  const months = booking.duration_months;
  return (
    <div>
      <dl class="lines">
        <div>
          <dt>
            {formatRand(booking.monthly_subtotal)} a month × {counted(months, "month")}
          </dt>
          <dd>{formatRand((toCents(booking.monthly_subtotal) * months) / 100)}</dd>
        </div>
        <div>
          <dt>Handling, once</dt>
          <dd>{formatRand(booking.handling_fee)}</dd>
        </div>
      </dl>
      <p class="price-total">
        <span>{total}</span>
        <strong>{formatRand(booking.total)}</strong>
      </p>
    </div>
  );
}
