import { isRecord, persistedValue } from "./persisted";
import { createStore } from "./store";

/** The texts of the business that have a page of their own. */
export const documentNames = ["terms", "privacy", "prohibited"] as const;
export type DocumentName = (typeof documentNames)[number];

const paymentMethods = ["card", "eft", "cash"] as const;

/** What every page shows of the business; empty where it is unknown. */
export interface BusinessContact {
  name: string;
  phone: string;
  whatsapp: string;
  email: string;
  /** The texts that there are. */
  documents: readonly DocumentName[];
  payment_methods: readonly (typeof paymentMethods)[number][];
}

const unchanged: BusinessContact = {
  name: "Hatfield Storage Solutions",
  phone: "",
  whatsapp: "",
  email: "",
  documents: [],
  payment_methods: paymentMethods,
};

function parseContact(value: unknown): BusinessContact | null {
  if (!isRecord(value) || typeof value["name"] !== "string" || !value["name"]) return null;
  const text = (name: string) => (typeof value[name] === "string" ? value[name] : "");
  const listed = <T extends string>(name: string, known: readonly T[]) => {
    const list: unknown = value[name];
    return Array.isArray(list) ? known.filter((one) => list.includes(one)) : [];
  };
  const methods = listed("payment_methods", paymentMethods);
  return {
    name: value["name"],
    phone: text("phone"),
    whatsapp: text("whatsapp"),
    email: text("email"),
    documents: listed("documents", documentNames),
    payment_methods: methods.length > 0 ? methods : paymentMethods,
  };
}

const persisted = persistedValue("local", "hss-business", parseContact);

/** The business as the server last told of it. */
export const businessStore = createStore<BusinessContact>(persisted.read() ?? unchanged);

/** Takes what a server answers; one that is older answers nothing. */
export function setBusiness(answer: unknown): void {
  const contact = parseContact(answer);
  if (!contact || JSON.stringify(contact) === JSON.stringify(businessStore.get())) return;
  persisted.write(contact);
  businessStore.set(contact);
}

/** Takes that the business has no terms any more, where a page hears it before the server's next answer to everybody. */
export function forgetTerms(): void {
  const contact = businessStore.get();
  businessStore.set({ ...contact, documents: contact.documents.filter((name) => name !== "terms") });
}

/** What stands beside the name of a business that has not been given another one. */
export function taglineOf(name: string): string {
  return name === unchanged.name ? "Student storage in Hatfield, Pretoria" : "";
}

/** The digits of a telephone number as the world dials it; `082 555 0134` is a South African one. */
function worldDigits(phone: string): string {
  const digits = phone.replace(/^(\s*\+.*?)\(0\)/, "$1").replace(/\D/g, "");
  if (phone.trim().startsWith("+")) return digits;
  if (digits.startsWith("00")) return digits.slice(2);
  return digits.startsWith("0") ? `27${digits.slice(1)}` : "";
}

export function phoneHref(phone: string): string {
  const digits = worldDigits(phone);
  return `tel:${digits ? `+${digits}` : phone.replace(/\D/g, "")}`;
}

export function whatsappHref(phone: string): string {
  return `https://wa.me/${worldDigits(phone) || phone.replace(/\D/g, "")}`;
}

export function mailHref(email: string): string {
  return `mailto:${encodeURIComponent(email).replace("%40", "@")}`;
}

export function mapHref(address: string): string {
  return `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(address.replace(/\s+/g, " "))}`;
}
