import { asString, isRecord, persistedValue } from "../lib/persisted";
import { isShared, sessionStore } from "../session/session";
import type { BookingDraft } from "./booking_draft";

const members = [
  "customer_name",
  "email",
  "address",
  "residence_id",
  "residence_name",
  "room",
  "phone",
  "whatsapp",
  "access_notes",
] as const;
type Details = Pick<BookingDraft, (typeof members)[number]>;

function detailsBy(text: (name: keyof Details) => string): Details {
  return Object.fromEntries(members.map((name) => [name, text(name)])) as unknown as Details;
}

/** With their owner; null where nobody signs in. */
type Owned = Details & { account_id: string | null };

function parseDetails(value: unknown): Owned | null {
  if (!isRecord(value)) return null;
  return { ...detailsBy((name) => asString(value[name]) ?? ""), account_id: asString(value["account_id"]) };
}

const persisted = persistedValue("local", "hss-details", parseDetails);
const accountId = () => sessionStore.get()?.account?.id ?? null;

/** The details of the last booking on this device, where its customer wanted them remembered and is the one who books now. */
export function readDetails(): Details | null {
  const details = isShared() ? null : persisted.read();
  return details && details.account_id === accountId() ? detailsOf(details) : null;
}

/** Null removes them. */
export function persistDetails(details: Details | null): void {
  persisted.write(details && { ...details, account_id: accountId() });
}

/** The details that the account signed in has. */
export function accountDetails(): Partial<Details> {
  const session = sessionStore.get();
  const account = session?.account;
  return account?.role === "customer" ? { customer_name: account.name, email: account.email } : {};
}

export const noDetails: Details = detailsBy(() => "");

export function detailsOf(details: Details): Details {
  return detailsBy((name) => details[name]);
}
