import { send, type Schema } from "./client";

/** Amounts are rand. */
export type Catalog = Schema["Catalog"];
export type CatalogItem = Schema["CatalogItem"];
export type ItemType = Schema["ItemType"];
export type Quote = Omit<Schema["Quote"], "request_id">;

export function fetchCatalog(signal?: AbortSignal): Promise<Catalog> {
  return send("get", "/api/v1/catalog", { signal, isPublic: true });
}

export function requestQuote(types: readonly ItemType[], durationMonths: number, signal?: AbortSignal): Promise<Quote> {
  const body = { items: types.map((type) => ({ type })), duration_months: durationMonths };
  return send("post", "/api/v1/quotes", { body, signal });
}
