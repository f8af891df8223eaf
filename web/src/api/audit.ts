import { send, type Schema } from "./client";

export const eventTypes = ["booking_submitted", "status_updated", "payment_captured", "notification", "account_created", "account_changed", "password_changed", "pin_changed", "link_made"] as const;

export type AuditEvent = Schema["AuditEvent"];
export type AuditPage = Schema["AuditPage"];
export type AuditVerification = Schema["AuditVerification"];

export interface AuditFilter {
  booking_id?: string;
  event_type?: string;
  cursor?: string | null;
  limit?: number;
}

export function fetchAudit(filter: AuditFilter, signal?: AbortSignal): Promise<AuditPage> {
  return send("get", "/api/v1/audit", { query: { ...filter }, signal });
}

/** Reads every event there is; may take seconds. */
export function verifyAudit(signal?: AbortSignal): Promise<AuditVerification> {
  return send("post", "/api/v1/audit/verification", { signal });
}
