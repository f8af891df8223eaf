const fields = [
  "customer_name",
  "email",
  "pickup_date",
  "pickup_window",
  "address",
  "items",
  "duration",
] as const;
export type FaultField = (typeof fields)[number];

/** The faults of a request, each where the customer can mend it. */
export interface Faults {
  fields: Record<FaultField, string[]>;
  /** By position among the items of the type "other", from 0. */
  other_names: Record<number, string[]>;
  /** Those that belong to no field of the form. */
  rest: string[];
}

export function noFaults(): Faults {
  return {
    fields: { customer_name: [], email: [], pickup_date: [], pickup_window: [], address: [], items: [], duration: [] },
    other_names: {},
    rest: [],
  };
}

/** The field that shows the faults of a member of the draft. */
export function faultFieldOf(member: string): FaultField {
  if (member === "duration_months") return "duration";
  return fields.find((field) => field === member) ?? "items";
}

function fieldOf(detail: string): FaultField | null {
  if (/^(pricing\.duration|duration_months)\b/.test(detail)) return "duration";
  const name = /^[a-z_]+/.exec(detail)?.[0];
  return fields.find((field) => field === name) ?? null;
}

/** Sorts the server's details, in its own words; `othersFrom` is the position of the first item of the type "other". */
export function sortFaults(details: readonly string[], othersFrom: number): Faults {
  const faults = noFaults();
  for (const detail of details) {
    const position = Number(/^items\[(\d+)\]\.name\b/.exec(detail)?.[1] ?? 0);
    const field = fieldOf(detail);
    if (position > othersFrom) (faults.other_names[position - 1 - othersFrom] ??= []).push(detail);
    else if (field) faults.fields[field].push(detail);
    else faults.rest.push(detail);
  }
  return faults;
}

export function countFaults(faults: Faults): number {
  const lists = [...Object.values(faults.fields), ...Object.values(faults.other_names), faults.rest];
  return lists.reduce((sum, list) => sum + list.length, 0);
}
