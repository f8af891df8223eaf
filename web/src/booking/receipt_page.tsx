import { Fragment } from "preact";
import type { BookingDetail, BookingHistory } from "../api/booking";
import { fetchBusiness, type Business } from "../api/business";
import { bookingPath } from "../app/route";
import { Breakable } from "../controls/breakable";
import { Button } from "../controls/button";
import { ContactLinks } from "../controls/contact_links";
import { Notice } from "../controls/notice";
import { Page } from "../controls/page";
import { businessStore, taglineOf, type BusinessContact } from "../lib/business";
import { useStore } from "../lib/store";
import { formatDay, formatMoment } from "../lib/time";
import { useQuery } from "../live/query";
import { useBooking } from "./booking_history";
import { MissingBooking } from "./missing_booking";
import { AgreedFacts } from "./agreed_facts";
import { ClaimCodeCard } from "./claim_code";
import { groupItems } from "./item_list";
import { paymentMethodLabel } from "./payment_method";
import { PriceLines } from "./price_lines";

export function ReceiptPage({ id }: { id: string }) {
  const { result, history } = useBooking(id);
  const { data: booking, error } = result;
  const known = useQuery(fetchBusiness, []);
  const contact = useStore(businessStore);
  const business = known.data ?? (known.error && contact);
  const isPaid = Boolean(booking?.payment_reference);
  const isWaiting = booking ? isPaid && (!history.data || !business) && !history.error : !error;
  return (
    <Page title={`Receipt ${id}`} heading="Receipt">
      {!booking ? (
        <MissingBooking error={error} onRetry={() => void result.refresh()} />
      ) : !isPaid ? (
        <Notice kind="info" title="There is no receipt yet">
          <p>This booking has not been paid.</p>
        </Notice>
      ) : history.data && business ? (
        <Receipt booking={booking} history={history.data} business={business} />
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

/** Whose receipt it is, as far as it is known. */
function BusinessLines({ business }: { business: Business | BusinessContact }) {
  const tagline = taglineOf(business.name);
  const { legal_name, registration_number, vat_number, address } = "address" in business ? business : noLines;
  const company = [legal_name, registration_number && `Reg. ${registration_number}`, vat_number && `VAT ${vat_number}`];
  const lines = [company.filter(Boolean).join(" · "), address || tagline].filter(Boolean);
  return (
    <>
      {lines.map((line) => (
        <p key={line} class="hint lines">
          {line}
        </p>
      ))}
    </>
  );
}

const noLines = { legal_name: "", registration_number: "", vat_number: "", address: "" };

interface ReceiptProps {
  booking: BookingDetail;
  history: BookingHistory;
  /** Without its address where only that could be had. */
  business: Business | BusinessContact;
}

function Receipt({ booking, history, business }: ReceiptProps) {
  const payment = history.history.find(({ status }) => status === "paid");
  return (
    <article class="card receipt">
      <header>
        <strong class="receipt-name">{business.name}</strong>
        <BusinessLines business={business} />
        <ContactLinks {...business} />
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
          <Breakable text={booking.email || booking.phone} />
        </dd>
        <dt>{booking.pickup_method === "brought" ? "Brought" : "Pickup"}</dt>
        <dd>
          {formatDay(booking.pickup_date)}, {booking.pickup_window}
          {"\n"}
          {booking.address}
        </dd>
        <AgreedFacts booking={booking} />
      </dl>
      <table>
        <thead>
          <tr>
            <th scope="col">Stored</th>
            <th scope="col">Quantity</th>
          </tr>
        </thead>
        <tbody>
          {groupItems(booking.items).map(({ label, quantity, descriptions }) => (
            <Fragment key={label}>
              <tr>
                <td>{label}</td>
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
      <ClaimCodeCard booking={booking} class="receipt-claim" />
    </article>
  );
}
