import { send } from "./client";
import type { Status } from "./booking";

export interface StatusCount {
  status: Status;
  count: number;
}

/** Amounts are rand. */
export interface Overview {
  total_bookings: number;
  gross_value: number;
  paid_revenue: number;
  status_breakdown: StatusCount[];
}

export function fetchOverview(signal?: AbortSignal): Promise<Overview> {
  return send<Overview>({ path: "/api/v1/admin/overview", signal, expects: "status_breakdown" });
}
