import { send, type Schema } from "./client";

/** Amounts are rand. */
export type OwnersCatalog = Schema["OwnersCatalog"];
export type CatalogRequest = Schema["CatalogRequest"];
export type ItemIcon = Schema["ItemIcon"];

/** All of the catalogue, with what customers do not see. */
export function fetchOwnersCatalog(signal?: AbortSignal): Promise<OwnersCatalog> {
  return send("get", "/api/v1/admin/catalog", { signal });
}

/** Rejected with 412 where somebody has changed it since `seen` was fetched. */
export function saveCatalog(catalog: CatalogRequest, seen: OwnersCatalog): Promise<OwnersCatalog> {
  return send("put", "/api/v1/admin/catalog", { body: catalog, seen });
}
