import type { Catalog } from "../api/catalog";
import { bookSteps, type BookStep } from "../route";
import { tomorrow } from "../time";
import { bookingRequest, draftItems, itemKey, type BookingDraft } from "./booking_draft";
import { bookingFaults } from "./booking_rules";

const stepOfField = {
  items: "items",
  duration: "items",
  pickup_date: "schedule",
  pickup_window: "schedule",
  customer_name: "schedule",
  email: "schedule",
  address: "schedule",
} as const satisfies Record<string, BookStep>;
export type FaultField = keyof typeof stepOfField;
const fields = Object.keys(stepOfField) as FaultField[];

/** The faults of a request, each where the customer can mend it. */
export interface Faults {
  fields: Record<FaultField, string[]>;
  /** Those of descriptions, by `itemKey`. */
  item_names: Record<string, string[]>;
  /** Those that belong to no field of the form. */
  rest: string[];
}

export function noFaults(): Faults {
  return {
    fields: { items: [], duration: [], pickup_date: [], pickup_window: [], customer_name: [], email: [], address: [] },
    item_names: {},
    rest: [],
  };
}

function fieldOf(detail: string): FaultField | null {
  if (/^(pricing\.duration|duration_months)\b/.test(detail)) return "duration";
  const name = /^[a-z_]+/.exec(detail)?.[0];
  return fields.find((field) => field === name) ?? null;
}

/** Sorts the server's details, in its own words. */
export function sortFaults(details: readonly string[], draft: BookingDraft, catalog: Catalog): Faults {
  const faults = noFaults();
  const items = draftItems(draft, catalog);
  for (const detail of details) {
    const item = items[Number(/^items\[(\d+)\]\.name\b/.exec(detail)?.[1] ?? 0) - 1];
    const field = fieldOf(detail);
    if (item) (faults.item_names[itemKey(item)] ??= []).push(detail);
    else if (field) faults.fields[field].push(detail);
    else faults.rest.push(detail);
  }
  return faults;
}

/** What the server would say of this draft, and what only a customer may not do. */
export function draftFaults(draft: BookingDraft, catalog: Catalog): Faults {
  const faults = sortFaults(bookingFaults(bookingRequest(draft, catalog, null)), draft, catalog);
  // The server takes back-dated bookings, which staff enter; a customer's pickup lies ahead.
  if (draft.pickup_date && draft.pickup_date < tomorrow()) faults.fields.pickup_date.push("pickup_date must be tomorrow or later");
  return faults;
}

export function faultsOfStep(faults: Faults, step: BookStep): Faults {
  const own = noFaults();
  for (const field of fields) {
    if (stepOfField[field] === step) own.fields[field] = faults.fields[field];
  }
  if (step === "items") own.item_names = faults.item_names;
  if (step === "review") own.rest = faults.rest;
  return own;
}

export function countFaults(faults: Faults): number {
  const lists = [...Object.values(faults.fields), ...Object.values(faults.item_names), faults.rest];
  return lists.reduce((sum, list) => sum + list.length, 0);
}

/** The first step before `end` (or of all) that has a fault. */
export function firstFaultyStep(faults: Faults, end?: BookStep): BookStep | null {
  const steps = bookSteps.slice(0, end ? bookSteps.indexOf(end) : bookSteps.length);
  return steps.find((step) => countFaults(faultsOfStep(faults, step)) > 0) ?? null;
}

/** `faults` without what was said of anything that differs between the drafts. */
export function withoutFaultsOf(faults: Faults, before: BookingDraft, after: BookingDraft): Faults {
  const members = { items: "quantities", duration: "duration_months" } as const;
  const kept = noFaults();
  kept.rest = faults.rest;
  for (const field of fields) {
    const member = field === "items" || field === "duration" ? members[field] : field;
    if (before[member] === after[member]) kept.fields[field] = faults.fields[field];
  }
  if (before.quantities !== after.quantities) return kept;
  const description = (draft: BookingDraft, key: string) => {
    const [type = "", index] = key.split("-");
    return draft.descriptions[type]?.[Number(index)];
  };
  for (const [key, said] of Object.entries(faults.item_names)) {
    if (description(before, key) === description(after, key)) kept.item_names[key] = said;
  }
  return kept;
}
