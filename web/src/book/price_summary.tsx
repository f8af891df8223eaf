import type { Catalog, Quote } from "../api/catalog";
import { counted } from "../lib/count";
import { formatRand, toCents } from "../lib/money";
import type { BookingDraft } from "./booking_draft";
import type { Confirmation } from "./quote";

interface PriceSummaryProps {
  catalog: Catalog;
  draft: BookingDraft;
  quote: Quote | null;
  confirmation: Confirmation;
}

const confirmationText: Record<Confirmation, string> = {
  checking: "Checking the price…",
  confirmed: "Price confirmed",
  differs: "Fetching the new price…",
  unconfirmed: "Not confirmed yet; it is checked when you book",
};

export function PriceSummary({ catalog, draft, quote, confirmation }: PriceSummaryProps) {
  return (
    <section class="card price" aria-labelledby="price-title">
      <h2 id="price-title">Your price</h2>
      {quote ? (
        <>
          <PriceLines catalog={catalog} draft={draft} quote={quote} />
          <p class="price-total" role="status">
            <span>Total</span>
            <strong>{formatRand(quote.total)}</strong>
          </p>
          <p class={`hint price-${confirmation}`}>{confirmationText[confirmation]}</p>
        </>
      ) : (
        <p class="hint">Choose at least one item to see the price.</p>
      )}
    </section>
  );
}

function PriceLines({ catalog, draft, quote }: Omit<PriceSummaryProps, "confirmation"> & { quote: Quote }) {
  const chosen = catalog.items.filter(({ type }) => (draft.quantities[type] ?? 0) > 0);
  const months = quote.duration_months;
  return (
    <dl class="lines">
      {chosen.map(({ type, label, monthly_price }) => {
        const quantity = draft.quantities[type] ?? 0;
        return (
          <div key={type}>
            <dt>
              {quantity} × {label}
            </dt>
            <dd>{formatRand((quantity * toCents(monthly_price)) / 100)}</dd>
          </div>
        );
      })}
      <div class="line-sum">
        <dt>A month</dt>
        <dd>{formatRand(quote.monthly_subtotal)}</dd>
      </div>
      <div>
        <dt>{counted(months, "month")}</dt>
        <dd>{formatRand((toCents(quote.monthly_subtotal) * months) / 100)}</dd>
      </div>
      <div>
        <dt>Handling, once</dt>
        <dd>{formatRand(quote.handling_fee)}</dd>
      </div>
    </dl>
  );
}
