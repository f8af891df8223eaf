import { formatRand } from "../lib/money";
import { formatDay } from "../lib/time";

/** A member of a booking that was changed; `from` and `to` are absent where they say something of a person. */
export interface ChangedField {
  name: string;
  from?: string;
  to?: string;
}

const names: Record<string, string> = {
  pickup_date: "pickup day",
  pickup_window: "pickup time",
  address: "pickup address",
  residence_id: "residence",
  room: "room",
  phone: "telephone number",
  whatsapp: "WhatsApp number",
  access_notes: "notes on getting in",
  duration_months: "months",
  total: "total",
  items: "items",
  item_names: "descriptions of items",
  return_date: "day of the return",
  return_window: "time of the return",
  return_address: "address of the return",
  return_residence_id: "residence of the return",
  return_room: "room of the return",
  return_method: "way of the return",
};

const methods: Record<string, string> = { deliver: "delivery", collect_at_store: "at the store" };

function valueWords(name: string, value: string): string {
  if (name.endsWith("_date")) return formatDay(value);
  if (name === "total") return formatRand(Number(value));
  return methods[value] ?? value;
}

function fieldWords({ name, from, to }: ChangedField): string {
  const known = names[name] ?? name;
  // A residence's id tells people nothing.
  if (to === undefined || name.endsWith("residence_id")) return known;
  if (!to) return `no ${known} any more`;
  return from ? `${known} from ${valueWords(name, from)} to ${valueWords(name, to)}` : `${known} ${valueWords(name, to)}`;
}

/** What was changed, in words: "pickup day from … to …, telephone number". */
export function changeWords(fields: readonly ChangedField[]): string {
  return fields.map(fieldWords).join(", ");
}
