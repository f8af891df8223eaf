import { send } from "./client";

export const eventTypes = ["booking_submitted", "status_updated", "payment_captured", "notification"] as const;

export interface AuditEvent {
  id: number | string;
  event_type: string;
  booking_id: string | null;
  payload: Record<string, unknown> | null;
  actor: string | null;
  actor_role: string | null;
  request_id: string | null;
  created_at: string;
}

export interface AuditPage {
  events: AuditEvent[];
  next_cursor: string | null;
}

export interface AuditFilter {
  booking_id: string;
  event_type: string;
  cursor: string | null;
  limit: number;
}

export function fetchAudit(filter: AuditFilter, signal?: AbortSignal): Promise<AuditPage> {
  return send<AuditPage>({ path: "/api/v1/audit", query: { ...filter }, signal, expects: "events" });
}
