import { publishedEventTypes } from "../lib/tables";
import { send, type Schema } from "./client";

/** The types that occur in demo mode. */
export const demoEventTypes = [
  ...publishedEventTypes,
  "webhook_added",
  "webhook_changed",
  "webhook_removed",
  "upload_deleted",
  "calendar_changed",
  "residences_changed",
  "business_changed",
  "catalog_changed",
] as const;

export const eventTypes = [
  ...demoEventTypes,
  "account_created",
  "account_changed",
  "password_changed",
  "pin_changed",
  "pin_locked",
  "link_made",
  "claim_code_made",
  "screen_opened",
  "screen_ended",
] as const satisfies readonly Schema["AuditEvent"]["event_type"][];

export type EventType = (typeof eventTypes)[number];

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
