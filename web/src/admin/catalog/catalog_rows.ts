import type { CatalogRequest, ItemIcon, OwnersCatalog } from "../../api/owners_catalog";

const iconNames: Record<ItemIcon, string> = {
  box: "Box",
  suitcase: "Suitcase",
  bag: "Bag",
  bed: "Bed",
  fridge: "Fridge",
  desk: "Desk",
  chair: "Chair",
  screen: "Screen",
  bicycle: "Bicycle",
  music: "Music",
  plant: "Plant",
  other: "Lamp",
};

/** What an item can be drawn as, each with its name. */
export const icons = Object.entries(iconNames) as [ItemIcon, string][];

/** An item as it is typed. */
export interface ItemRow {
  key: number;
  /** Empty until it is saved for the first time. */
  type: string;
  label: string;
  icon: ItemIcon;
  price: string;
  offered: boolean;
}

export interface ChargeRow {
  key: number;
  name: string;
  amount: string;
}

/** The catalogue as the form has it. */
export interface CatalogRows {
  /** Whatever has no item of its own comes last. */
  items: readonly ItemRow[];
  handling_fee: string;
  charges: readonly ChargeRow[];
}

export const isOther = ({ type }: { type: string }) => type === "other";

let lastKey = 0;
const newKey = () => ++lastKey;

export const newItem = (): ItemRow => ({ key: newKey(), type: "", label: "", icon: "box", price: "", offered: true });
export const newCharge = (): ChargeRow => ({ key: newKey(), name: "", amount: "" });

/** The amount as a person writes it: 150, 99.50. */
const typed = (rand: number) => (Number.isInteger(rand) ? String(rand) : rand.toFixed(2));

export function rowsOf(catalog: OwnersCatalog): CatalogRows {
  const items = catalog.items.map(({ type, label, icon, monthly_price, offered }) => ({
    key: newKey(),
    type,
    label,
    icon,
    price: typed(monthly_price),
    offered,
  }));
  return {
    items: [...items.filter((item) => !isOther(item)), ...items.filter(isOther)],
    handling_fee: typed(catalog.handling_fee),
    charges: catalog.extra_charges.map(({ name, amount }) => ({ key: newKey(), name, amount: typed(amount) })),
  };
}

/** Places the item one further up (-1) or down (1) in the list. */
export function moved(items: readonly ItemRow[], key: number, by: -1 | 1): ItemRow[] {
  const from = items.findIndex((item) => item.key === key);
  const item = items[from];
  const rest = items.filter((other) => other !== item);
  return item ? [...rest.slice(0, from + by), item, ...rest.slice(from + by)] : rest;
}

/** A type for a new item by its label, which no other has: “Surf board” is `surf_board`. */
export function newType(label: string, taken: ReadonlySet<string>): string {
  const words = label
    .normalize("NFD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  const base = words.length < 2 ? `item_${words}`.replace(/_$/, "") : words.slice(0, 26).replace(/_$/, "");
  for (let number = 1; ; number++) {
    const type = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(type)) return type;
  }
}

/** In rand; null for what is no amount of money. A comma is taken for a point, as in “99,50”. */
export function amountOf(text: string): number | null {
  const written = text.trim().replace(/^R\s*/i, "").replace(/\s/g, "").replace(",", ".");
  return /^\d{1,6}(\.\d{1,2})?$/.test(written) && Number(written) <= 100_000 ? Number(written) : null;
}

/** The request for rows in which nothing is missing. */
export function requestOf({ items, handling_fee, charges }: CatalogRows): CatalogRequest {
  const taken = new Set(items.map(({ type }) => type).filter(Boolean));
  return {
    items: items.map(({ type, label, icon, price, offered }) => {
      const own = type || newType(label, taken);
      taken.add(own);
      return { type: own, label: label.trim(), icon, monthly_price: amountOf(price) ?? 0, offered };
    }),
    handling_fee: amountOf(handling_fee) ?? 0,
    extra_charges: charges.map(({ name, amount }) => ({ name: name.trim(), amount: amountOf(amount) ?? 0 })),
  };
}

function repeated(names: readonly string[]): string[] {
  const trimmed = names.map((name) => name.trim()).filter(Boolean);
  return [...new Set(trimmed.filter((name, place) => trimmed.indexOf(name) !== place))];
}

/** What is missing before it can be sent, as sentences. */
export function missingIn({ items, handling_fee, charges }: CatalogRows): string[] {
  const missing: string[] = [];
  if (items.some(({ label }) => !label.trim())) missing.push("Give every item its name.");
  for (const name of repeated(items.filter(({ offered }) => offered).map(({ label }) => label))) {
    missing.push(`Two items that are offered are called “${name}”. Give each its own name.`);
  }
  if (items.some(({ price }) => amountOf(price) === null)) missing.push("Give every item its price in rand, such as 150 or 99.50.");
  if (amountOf(handling_fee) === null) missing.push("Give the handling fee in rand, such as 350; 0 where there is none.");
  if (charges.some(({ name, amount }) => !name.trim() || amountOf(amount) === null)) {
    missing.push("Give every extra charge its name and its amount in rand, or remove it.");
  }
  for (const name of repeated(charges.map((charge) => charge.name))) {
    missing.push(`Two extra charges are called “${name}”. Give each its own name.`);
  }
  return missing;
}
