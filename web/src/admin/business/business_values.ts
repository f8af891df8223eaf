import type { Business, BusinessChange } from "../../api/business";

/** The form's texts, by the names of the API; ways of paying with a comma between them. */
export interface BusinessValues {
  name: string;
  legal_name: string;
  registration_number: string;
  vat_number: string;
  phone: string;
  whatsapp: string;
  email: string;
  address: string;
  opening: string;
  terms: string;
  privacy: string;
  prohibited: string;
  liability_cap: string;
  payment_methods: string;
}

export function valuesOf(business: Business): BusinessValues {
  const { photo_uploads: _photos, request_id: _id, terms, liability_cap, payment_methods, ...texts } = business;
  return {
    ...texts,
    terms: terms?.text ?? "",
    liability_cap: liability_cap === null ? "" : String(liability_cap),
    payment_methods: payment_methods.join(","),
  };
}

export const valueNames = (values: BusinessValues) => Object.keys(values) as (keyof BusinessValues)[];

/** The values that differ from those that the server has. */
export function changedValues(from: BusinessValues, to: BusinessValues): Partial<BusinessValues> {
  const changed = valueNames(to).filter((name) => to[name].trim() !== from[name].trim());
  return Object.fromEntries(changed.map((name) => [name, to[name]]));
}

/** `R 5 000,50` as people write it; what is no number the server finds fault with. */
function capOf(text: string): number | "" {
  const plain = text.replace(/[R\s]/g, "").replace(",", ".");
  const amount = Number(plain);
  return plain === "" ? "" : Number.isNaN(amount) ? (text as "") : amount;
}

export function changeOf({ terms, liability_cap, payment_methods, ...texts }: Partial<BusinessValues>): BusinessChange {
  return {
    ...texts,
    ...(terms !== undefined && { terms: { text: terms } }),
    ...(liability_cap !== undefined && { liability_cap: capOf(liability_cap) }),
    ...(payment_methods !== undefined && {
      payment_methods: payment_methods.split(",").filter(Boolean) as Business["payment_methods"],
    }),
  };
}
