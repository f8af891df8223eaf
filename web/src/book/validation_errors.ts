import type { Catalog } from "../api/catalog";
import { bookSteps, type BookStep } from "../app/route";
import { tomorrow } from "../lib/time";
import { asksForTerms, bookingRequest, draftItems, itemKey, type BookingDraft } from "./booking_draft";
import { bookingErrors } from "./booking_rules";

const stepOfField = {
  items: "items",
  duration: "items",
  pickup_date: "schedule",
  pickup_window: "schedule",
  customer_name: "schedule",
  email: "schedule",
  address: "schedule",
  residence_id: "schedule",
  room: "schedule",
  phone: "schedule",
  whatsapp: "schedule",
  access_notes: "schedule",
  terms_version: "review",
} as const satisfies Record<string, BookStep>;
export type InvalidField = keyof typeof stepOfField;
const fields = Object.keys(stepOfField) as InvalidField[];

/** The errors of a request, each at the field that it is about. */
export interface ValidationErrors {
  fields: Record<InvalidField, string[]>;
  /** The errors of descriptions, by `itemKey`. */
  item_names: Record<string, string[]>;
  /** The errors that belong to no field of the form. */
  rest: string[];
}

export function noErrors(): ValidationErrors {
  return {
    fields: Object.fromEntries(fields.map((field) => [field, []])) as unknown as Record<InvalidField, string[]>,
    item_names: {},
    rest: [],
  };
}

function fieldOf(detail: string): InvalidField | null {
  if (/^(pricing\.duration|duration_months)\b/.test(detail)) return "duration";
  const name = /^[a-z_]+/.exec(detail)?.[0];
  return fields.find((field) => field === name) ?? null;
}

/** Sorts the details of an API error by field. */
export function sortErrors(details: readonly string[], draft: BookingDraft, catalog: Catalog): ValidationErrors {
  const errors = noErrors();
  const items = draftItems(draft, catalog);
  for (const detail of details) {
    const item = items[Number(/^items\[(\d+)\]\.name\b/.exec(detail)?.[1] ?? 0) - 1];
    const field = fieldOf(detail);
    if (item) (errors.item_names[itemKey(item)] ??= []).push(detail);
    else if (field) errors.fields[field].push(detail);
    else errors.rest.push(detail);
  }
  return errors;
}

/** The errors that the server would find in this draft, and those of rules for customers alone. */
export function draftErrors(draft: BookingDraft, catalog: Catalog): ValidationErrors {
  const errors = sortErrors(bookingErrors(bookingRequest(draft, catalog, null)), draft, catalog);
  // The server accepts past dates, which staff enter; a customer's pickup is in the future.
  if (draft.pickup_date && draft.pickup_date < tomorrow()) errors.fields.pickup_date.push("pickup_date must be tomorrow or later");
  if (asksForTerms() && draft.terms_version === 0) errors.fields.terms_version.push("terms_version is required");
  return errors;
}

export function errorsOfStep(errors: ValidationErrors, step: BookStep): ValidationErrors {
  const own = noErrors();
  for (const field of fields) {
    if (stepOfField[field] === step) own.fields[field] = errors.fields[field];
  }
  if (step === "items") own.item_names = errors.item_names;
  if (step === "review") own.rest = errors.rest;
  return own;
}

export function countErrors(errors: ValidationErrors): number {
  const lists = [...Object.values(errors.fields), ...Object.values(errors.item_names), errors.rest];
  return lists.reduce((sum, list) => sum + list.length, 0);
}

/** The first step before `end` (or of all) that has an error. */
export function firstInvalidStep(errors: ValidationErrors, end?: BookStep): BookStep | null {
  const steps = bookSteps.slice(0, end ? bookSteps.indexOf(end) : bookSteps.length);
  return steps.find((step) => countErrors(errorsOfStep(errors, step)) > 0) ?? null;
}

/** What is said of a time that is gone stands until another one is chosen. */
function isOtherTime(before: BookingDraft, after: BookingDraft): boolean {
  return before.pickup_date !== after.pickup_date || (after.pickup_window !== "" && after.pickup_window !== before.pickup_window);
}

/** What is said of an address or a room stands while it is asked for. */
function isElsewhere(field: InvalidField, before: BookingDraft, after: BookingDraft): boolean {
  return (field === "address" || field === "room") && before.residence_id !== after.residence_id;
}

/** `errors` without those of fields that differ between the drafts. */
export function withoutErrorsOf(errors: ValidationErrors, before: BookingDraft, after: BookingDraft): ValidationErrors {
  const members = { items: "quantities", duration: "duration_months" } as const;
  const remaining = noErrors();
  remaining.rest = errors.rest;
  for (const field of fields) {
    const member = field === "items" || field === "duration" ? members[field] : field;
    const stands = field === "pickup_window" ? !isOtherTime(before, after) : before[member] === after[member];
    if (stands && !isElsewhere(field, before, after)) remaining.fields[field] = errors.fields[field];
  }
  if (before.quantities !== after.quantities) return remaining;
  const description = (draft: BookingDraft, key: string) => {
    const [type = "", index] = key.split("-");
    return draft.descriptions[type]?.[Number(index)];
  };
  for (const [key, list] of Object.entries(errors.item_names)) {
    if (description(before, key) === description(after, key)) remaining.item_names[key] = list;
  }
  return remaining;
}
