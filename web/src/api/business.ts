import { send, type Schema } from "./client";

export type Business = Schema["Business"];
export type BusinessChange = Schema["BusinessChange"];

export function fetchBusiness(signal?: AbortSignal): Promise<Business> {
  return send("get", "/api/v1/business", { signal });
}

/** Rejected with 412 where somebody has changed it since `seen` was fetched. */
export function changeBusiness(body: BusinessChange, seen: Business): Promise<Business> {
  return send("patch", "/api/v1/admin/business", { body, seen });
}
