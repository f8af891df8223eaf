import type { AuditEvent, EventType } from "../../api/audit";
import { changeWords } from "../../booking/change_words";
import { statusLabel } from "../../booking/lifecycle";
import { paymentMethodLabel } from "../../booking/payment_method";
import { counted } from "../../lib/count";
import { formatDay } from "../../lib/time";

function text(event: AuditEvent, member: string): string {
  const payload: Record<string, unknown> = event.payload;
  const value = payload[member];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

// The actor of what the server does on its own.
const program = "hss";

const roleWords: Record<AuditEvent["actor_role"], string> = { customer: "The customer", staff: "Staff", admin: "An admin" };

/** The actor in words, with the account where there is one. */
export function auditActor({ actor, actor_role }: AuditEvent): string {
  if (actor === program) return "HSS";
  const role = roleWords[actor_role];
  return actor === "demo" ? role : `${role} (${actor})`;
}

/** The same within a sentence. */
function actorInSentence({ actor, actor_role }: AuditEvent): string {
  if (actor === program) return "HSS";
  const role = { customer: "the customer", staff: "staff", admin: "an admin" }[actor_role];
  return actor === "demo" ? role : `${role}, ${actor}`;
}

const verbs: Record<string, string> = {
  approved: "approved the booking",
  submitted: "withdrew the approval",
  collected: "collected the items",
  in_storage: "put the items in storage",
  returned: "returned the items",
  declined: "declined the booking",
  cancelled: "cancelled the booking",
};

/** What was agreed besides. */
function agreedWords(event: AuditEvent): string {
  const payload: Record<string, unknown> = event.payload;
  const words = [
    payload["pickup_method"] === "brought" && "brought to the store",
    payload["terms_version"] !== undefined && `version ${text(event, "terms_version")} of the terms accepted`,
    payload["early_start"] === true && "to begin before the cooling-off days are over",
  ].filter(Boolean);
  return words.length > 0 ? `, ${words.join(", ")}` : "";
}

// Staff book for customers: the e-mail is the customer's, also where staff made the booking.
function bookedLine(event: AuditEvent): string {
  const email = text(event, "email");
  const booked = `booked storage for ${counted(Number(text(event, "item_count")), "item")}`;
  const isOwn = event.actor_role === "customer" && (event.actor === "demo" || event.actor === email);
  const line = isOwn ? `${email || "A customer"} ${booked}` : `${auditActor(event)} ${booked} for ${email || "somebody without an e-mail"}`;
  return line + agreedWords(event);
}

function statusLine(event: AuditEvent): string {
  const payload: Record<string, unknown> = event.payload;
  const to = text(event, "to");
  const reason = text(event, "reason");
  const verb =
    payload["correction"] === true
      ? `corrected the booking from ${statusLabel(text(event, "from")).toLowerCase()} to ${statusLabel(to).toLowerCase()}`
      : (verbs[to] ?? `moved the booking from ${statusLabel(text(event, "from"))} to ${statusLabel(to)}`);
  return `${auditActor(event)} ${verb}${reason ? `: “${reason}”` : ""}`;
}

function actorSuffix(event: AuditEvent): string {
  return event.actor === text(event, "email") ? "" : `, by ${actorInSentence(event)}`;
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
  const verb = enabled === "" ? "moved" : enabled === "yes" ? "enabled" : "disabled";
  const from = former && former !== url ? ` from ${former}` : "";
  return `${auditActor(event)} ${verb} the webhook ${url}${from}${reason ? `: ${reason}` : ""}`;
}

const calendarParts: Record<string, string> = {
  windows: "the windows",
  exceptions: "closed days and other hours",
  first_day: "the season's first day",
  last_day: "the season's last day",
  lead_hours: "how late can be booked",
  horizon_days: "how far ahead can be booked",
  closed_on_holidays: "what holds on public holidays",
  changes_need_approval: "whether changed bookings are approved again",
};

function calendarLine(event: AuditEvent): string {
  const changed = Object.entries(calendarParts).filter(([part]) => `${part}_to` in event.payload);
  const words = changed.map(([, name]) => name).join(", ");
  return `${auditActor(event)} ${text(event, "version") === "1" ? "saved the first calendar" : "changed the calendar"}${words && `: ${words}`}`;
}

const partWords: Record<string, string> = {
  name: "the name",
  legal_name: "the registered name",
  registration_number: "the registration number",
  vat_number: "the VAT number",
  phone: "the telephone number",
  whatsapp: "the WhatsApp number",
  email: "the e-mail address",
  address: "the address",
  opening: "the opening hours",
  liability_cap: "the most that is paid for loss or damage",
  payment_methods: "the ways to pay",
  items: "items",
  order: "the order of the items",
  handling_fee: "the handling fee in rand",
  extra_charges: "the extra charges",
  residences: "residences",
};

const privateWords: Record<string, string> = { stairs: "stairs or lift", caretaker_phone: "caretaker’s telephone" };

const textWords: Record<string, string> = { terms: "the terms", privacy: "the privacy text", prohibited: "what is not stored" };

function lengthWords(characters: string): string {
  return characters === "0" ? "nothing" : counted(Number(characters), "character");
}

/** Each member with what it was and is; of long texts how long they were and are. */
function partChanges(event: AuditEvent): string {
  const names = Object.keys(event.payload).filter((name) => name.endsWith("_to"));
  return names
    .map((name) => name.slice(0, -"_to".length))
    .map((name) => {
      const [from, to] = [text(event, `${name}_from`), text(event, `${name}_to`)];
      const document = name.replace(/_length$/, "");
      if (name === "terms_version") return `version ${to} of the terms`;
      if (document !== name) return `${textWords[document] ?? document} from ${lengthWords(from)} to ${lengthWords(to)}`;
      const words = partWords[name] ?? name;
      return from ? (to ? `${words} from “${from}” to “${to}”` : `${words} “${from}” removed`) : `${words} “${to}” added`;
    })
    .join(", ");
}

/** Of what staff alone see, the trail says that it changed and not what it is. */
function residencesLine(event: AuditEvent): string {
  const words = text(event, "for_staff").replace(/\b(stairs|caretaker_phone)\b/g, (name) => privateWords[name] ?? name);
  const parts = [partChanges(event), words && `${words} changed`];
  return `${auditActor(event)} changed the residences: ${parts.filter(Boolean).join("; ")}`;
}

function bookingChanges(event: AuditEvent): string {
  const fields = text(event, "fields").split(",");
  return changeWords(
    fields.map((name) =>
      `${name}_to` in event.payload ? { name, from: text(event, `${name}_from`), to: text(event, `${name}_to`) } : { name },
    ),
  );
}

function tripLine(event: AuditEvent): string {
  const kind = text(event, "kind") === "return" ? "return" : "pickup";
  const day = formatDay(text(event, "date"));
  if (event.event_type === "failed_trip_undone") return `${auditActor(event)} took back that the ${kind} of ${day} failed`;
  return `${auditActor(event)} could not make the ${kind} of ${day}: “${text(event, "reason")}”`;
}

/** An event as one plain sentence. */
export function auditLine(event: AuditEvent): string {
  const type: EventType = event.event_type;
  const device = text(event, "device");
  switch (type) {
    case "booking_submitted":
      return bookedLine(event);
    case "status_updated":
      return statusLine(event);
    case "payment_captured":
      return `Payment ${text(event, "payment_reference")} recorded, by ${paymentMethodLabel(text(event, "method"))} (by ${actorInSentence(event)})`;
    case "notification":
      return `Notification: ${text(event, "message")} (written by ${actorInSentence(event)})`;
    case "booking_changed": {
      const whatever = "override" in event.payload ? ", whatever the calendar says" : "";
      return `${auditActor(event)} changed the booking: ${bookingChanges(event)}${whatever}`;
    }
    case "failed_trip":
    case "failed_trip_undone":
      return tripLine(event);
    case "booking_claimed":
      return `${auditActor(event)} took the booking into their account, with its claim code`;
    case "claim_code_made":
      return `${auditActor(event)} made a claim code for the booking, good until ${formatDay(text(event, "expires_at").slice(0, 10))}`;
    case "calendar_changed":
      return calendarLine(event);
    case "webhook_added":
      return `${auditActor(event)} added the webhook ${text(event, "url")}`;
    case "webhook_changed":
      return webhookChanges(event);
    case "webhook_removed":
      return `${auditActor(event)} removed the webhook ${text(event, "url")}`;
    case "upload_deleted":
      return `${auditActor(event)} deleted a ${text(event, "purpose") === "document" ? "document" : "photo"} (${text(event, "upload_id")})`;
    case "business_changed":
      return `${auditActor(event)} changed the business: ${partChanges(event)}`;
    case "catalog_changed":
      return `${auditActor(event)} changed the catalogue: ${partChanges(event)}`;
    case "residences_changed":
      return residencesLine(event);
    case "account_created":
      return `An account for ${text(event, "email")} was made (${text(event, "role")})${actorSuffix(event)}`;
    case "account_changed":
      return `${auditActor(event)} changed the account of ${text(event, "email")}: ${changes(event)}`;
    case "password_changed":
      return `${text(event, "email")} has a new password${actorSuffix(event)}`;
    case "pin_changed":
      return `${text(event, "email")} has ${text(event, "has_pin") === "yes" ? "a new PIN" : "no PIN any more"}${actorSuffix(event)}`;
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
