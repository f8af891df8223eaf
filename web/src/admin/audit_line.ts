import type { AuditEvent, EventType } from "../api/audit";
import { statusLabel } from "../booking/lifecycle";
import { paymentMethodLabel } from "../booking/payment_method";
import { counted } from "../count";

function text(event: AuditEvent, member: string): string {
  const payload: Record<string, unknown> = event.payload;
  const value = payload[member];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

// What the program does by itself.
const program = "hss";

const roleWords: Record<AuditEvent["actor_role"], string> = { customer: "The customer", staff: "Staff", admin: "An admin" };

/** Who did it, as a person would say it; the account where there is one. */
export function auditActor({ actor, actor_role }: AuditEvent): string {
  if (actor === program) return "HSS";
  const role = roleWords[actor_role];
  return actor === "demo" ? role : `${role} (${actor})`;
}

const deeds: Record<string, string> = {
  approved: "approved the booking",
  submitted: "withdrew the approval",
  collected: "collected the items",
  in_storage: "put the items in storage",
  returned: "returned the items",
  declined: "declined the booking",
  cancelled: "cancelled the booking",
};

function statusLine(event: AuditEvent): string {
  const to = text(event, "to");
  const reason = text(event, "reason");
  const deed = deeds[to] ?? `moved the booking from ${statusLabel(text(event, "from"))} to ${statusLabel(to)}`;
  return `${auditActor(event)} ${deed}${reason ? `: “${reason}”` : ""}`;
}

function changes(event: AuditEvent): string {
  const enabled = { yes: "enabled", no: "disabled" }[text(event, "enabled")];
  const named = ["name", "role"].filter((member) => text(event, member)).map((member) => `${member} ${text(event, member)}`);
  return [...named, enabled].filter(Boolean).join(", ");
}

function webhookChanges(event: AuditEvent): string {
  const url = text(event, "url");
  const former = text(event, "former_url");
  const reason = text(event, "reason");
  const enabled = text(event, "enabled");
  const deed = enabled === "" ? "moved" : enabled === "yes" ? "enabled" : "disabled";
  const from = former && former !== url ? ` from ${former}` : "";
  return `${auditActor(event)} ${deed} the webhook ${url}${from}${reason ? `: ${reason}` : ""}`;
}

/** An event as one plain sentence. */
export function auditLine(event: AuditEvent): string {
  const type = event.event_type as EventType;
  const device = text(event, "device");
  switch (type) {
    case "booking_submitted":
      return `${text(event, "email") || "A customer"} booked storage for ${counted(Number(text(event, "item_count")), "item")}`;
    case "status_updated":
      return statusLine(event);
    case "payment_captured":
      return `Payment ${text(event, "payment_reference")} recorded, by ${paymentMethodLabel(text(event, "method"))}`;
    case "notification":
      return `Notification: ${text(event, "message")}`;
    case "webhook_added":
      return `${auditActor(event)} added the webhook ${text(event, "url")}`;
    case "webhook_changed":
      return webhookChanges(event);
    case "webhook_removed":
      return `${auditActor(event)} removed the webhook ${text(event, "url")}`;
    case "account_created":
      return `An account for ${text(event, "email")} was made (${text(event, "role")})`;
    case "account_changed":
      return `${auditActor(event)} changed the account of ${text(event, "email")}: ${changes(event)}`;
    case "password_changed":
      return `${text(event, "email")} has a new password`;
    case "pin_changed":
      return text(event, "has_pin") === "yes" ? `${text(event, "email")} has a new PIN` : `${text(event, "email")} has no PIN any more`;
    case "link_made":
      return `${auditActor(event)} made a password link for ${text(event, "email")}`;
    case "screen_opened":
      return `${auditActor(event)} opened the shared screen ${device}`;
    case "pin_locked":
      return `The PIN of ${text(event, "email")} was locked after too many wrong tries${device && ` on the screen ${device}`}`;
    case "screen_ended":
      return `${auditActor(event)} ended the shared screen ${device}`;
  }
}
