import { send } from "./client";

/** Amounts are rand. */
export interface CatalogItem {
  type: string;
  label: string;
  monthly_price: number;
}

export interface Catalog {
  items: CatalogItem[];
  handling_fee: number;
  currency: string;
  min_months: number;
  max_months: number;
}

export interface Quote {
  duration_months: number;
  monthly_subtotal: number;
  handling_fee: number;
  total: number;
}

export function fetchCatalog(signal?: AbortSignal): Promise<Catalog> {
  return send<Catalog>({ path: "/api/v1/catalog", signal, expects: "items" });
}

export function requestQuote(types: readonly string[], durationMonths: number, signal?: AbortSignal): Promise<Quote> {
  return send<Quote>({
    method: "POST",
    path: "/api/v1/quotes",
    body: { items: types.map((type) => ({ type })), duration_months: durationMonths },
    signal,
    expects: "total",
  });
}
