import { useEffect, useState } from "preact/hooks";
import { requestQuote, type Catalog, type ItemType, type Quote } from "../api/catalog";
import { toCents } from "../lib/money";

/** The price by the catalogue's rule, or null for no items. */
export function computeQuote(catalog: Catalog, types: readonly ItemType[], durationMonths: number): Quote | null {
  if (types.length === 0) return null;
  const prices = new Map(catalog.items.map((item) => [item.type, toCents(item.monthly_price)]));
  const monthly = types.reduce((sum, type) => sum + (prices.get(type) ?? 0), 0);
  const fee = toCents(catalog.handling_fee);
  return {
    duration_months: durationMonths,
    monthly_subtotal: monthly / 100,
    handling_fee: fee / 100,
    total: (monthly * durationMonths + fee) / 100,
  };
}

export type Confirmation = "checking" | "confirmed" | "unconfirmed" | "differs";

const debounceMs = 400;

/** Asks the server whether it computes the same price, once the choice is stable for a moment. */
export function useConfirmation(types: readonly ItemType[], quote: Quote | null): Confirmation {
  const [confirmation, setConfirmation] = useState<Confirmation>("checking");
  const choice = quote ? `${quote.duration_months} ${quote.total} ${types.join(" ")}` : "";
  useEffect(() => {
    if (!quote) return;
    const controller = new AbortController();
    setConfirmation("checking");
    const timer = setTimeout(async () => {
      try {
        const answer = await requestQuote(types, quote.duration_months, controller.signal);
        const isSame = toCents(answer.total) === toCents(quote.total);
        setConfirmation(isSame ? "confirmed" : "differs");
      } catch {
        // The price stays an unconfirmed one; booking itself checks it again.
        if (!controller.signal.aborted) setConfirmation("unconfirmed");
      }
    }, debounceMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [choice]);
  return confirmation;
}
