import type { AuditEvent } from "../api/audit";
import { statusLabel } from "../booking/lifecycle";

function text(event: AuditEvent, member: string): string {
  const payload: Record<string, unknown> = event.payload;
  const value = payload[member];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

const actors: Record<string, string> = { customer: "The customer", staff: "Staff", admin: "An admin" };

function actor(event: AuditEvent): string {
  const role = text(event, "actor_role") || event.actor_role || "";
  return actors[role] ?? "Somebody";
}

function statusLine(event: AuditEvent): string {
  const from = text(event, "from");
  const to = text(event, "to");
  const reason = text(event, "reason");
  const deeds: Record<string, string> = {
    approved: "approved the booking",
    submitted: "withdrew the approval",
    collected: "collected the items",
    in_storage: "put the items in storage",
    returned: "returned the items",
    declined: "declined the booking",
    cancelled: "cancelled the booking",
  };
  const deed = deeds[to] ?? `moved the booking from ${statusLabel(from)} to ${statusLabel(to)}`;
  return `${actor(event)} ${deed}${reason ? `: “${reason}”` : ""}`;
}

function method(event: AuditEvent): string {
  const name = text(event, "method");
  return name === "eft" ? "EFT" : name;
}

/** An event as one plain sentence. */
export function auditLine(event: AuditEvent): string {
  switch (event.event_type) {
    case "booking_submitted": {
      const count = text(event, "item_count");
      return `${text(event, "email") || "A customer"} booked storage for ${count === "1" ? "1 item" : `${count} items`}`;
    }
    case "status_updated":
      return statusLine(event);
    case "payment_captured":
      return `Payment ${text(event, "payment_reference")} recorded, by ${method(event)}`;
    case "notification":
      return `Notification: ${text(event, "message")}`;
  }
}
