import { send, type Schema } from "./client";

/** Amounts are rand. */
export type Overview = Schema["Overview"];
export type StatusCount = Schema["StatusCount"];
export type Statistics = Schema["Statistics"];

export function fetchOverview(signal?: AbortSignal): Promise<Overview> {
  return send("get", "/api/v1/admin/overview", { signal });
}

export function fetchStatistics(weeks: number, signal?: AbortSignal): Promise<Statistics> {
  return send("get", "/api/v1/admin/statistics", { query: { weeks }, signal });
}
