import type { AuditEvent } from "../api/audit";
import { statusLabel } from "../booking/lifecycle";
import { counted } from "./figures";

function text(event: AuditEvent, member: string): string {
  const payload: Record<string, unknown> = event.payload;
  const value = payload[member];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

const roleWords: Record<AuditEvent["actor_role"], string> = { customer: "The customer", staff: "Staff", admin: "An admin" };

/** Who did it, as a person would say it; the account where there is one. */
export function auditActor({ actor, actor_role }: AuditEvent): string {
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

function method(event: AuditEvent): string {
  const name = text(event, "method");
  return name === "eft" ? "EFT" : name;
}

/** An event as one plain sentence. */
export function auditLine(event: AuditEvent): string {
  const type: string = event.event_type;
  switch (type) {
    case "booking_submitted":
      return `${text(event, "email") || "A customer"} booked storage for ${counted(Number(text(event, "item_count")), "item")}`;
    case "status_updated":
      return statusLine(event);
    case "payment_captured":
      return `Payment ${text(event, "payment_reference")} recorded, by ${method(event)}`;
    case "notification":
      return `Notification: ${text(event, "message")}`;
    default:
      return accountLine(event, type);
  }
}

function accountLine(event: AuditEvent, type: string): string {
  const whose = text(event, "email");
  const isOwn = whose === event.actor;
  const account = isOwn ? "their own account" : `the account of ${whose}`;
  const who = auditActor(event);
  switch (type) {
    case "account_created":
      return isOwn ? `${whose} made an account` : `${who} made ${account}, as ${text(event, "role")}`;
    case "password_changed":
      return `${who} set the password of ${account}`;
    case "pin_changed":
      return `${who} ${text(event, "has_pin") === "no" ? "removed" : "set"} the PIN of ${account}`;
    case "link_made":
      return `${who} made a one-time link for ${account}`;
    case "account_changed":
      return `${who} changed ${account}: ${changesOf(event)}`;
    default:
      return `${who}: ${type.replace(/_/g, " ")}`;
  }
}

function changesOf(event: AuditEvent): string {
  const enabled = text(event, "enabled");
  const name = text(event, "name");
  const role = text(event, "role");
  return [enabled && (enabled === "no" ? "disabled" : "enabled"), name && `name ${name}`, role && `role ${role}`].filter(Boolean).join(", ");
}
