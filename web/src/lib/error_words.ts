/** A field of the API: its name for people, and the sentence where it is missing. */
interface FieldWords {
  name: string;
  missing: string;
}

const fields: Record<string, FieldWords> = {
  items: { name: "The list of things", missing: "Choose at least one thing to store." },
  item_name: { name: "The description", missing: "Write a description." },
  duration: { name: "The number of months", missing: "Choose for how many months." },
  pickup_date: { name: "The day", missing: "Choose a day." },
  pickup_window: { name: "The time", missing: "Choose a time." },
  customer_name: { name: "The name", missing: "Tell us your name." },
  name: { name: "The name", missing: "Write the name." },
  email: { name: "The e-mail address", missing: "Write the e-mail address." },
  address: { name: "The address", missing: "Tell us where to collect." },
  room: { name: "The room", missing: "Tell us which room." },
  return_room: { name: "The room", missing: "Tell us which room." },
  password: { name: "The password", missing: "Type the password." },
  current_password: { name: "The current password", missing: "Type the password that you have now." },
  new_password: { name: "The new password", missing: "Type a new password." },
  pin: { name: "The PIN", missing: "Type a PIN of six digits." },
  role: { name: "The role", missing: "Choose a role." },
  message: { name: "The message", missing: "Write the message first." },
  reason: { name: "The reason", missing: "Give a reason first." },
  method: { name: "The way of paying", missing: "Choose how you pay." },
  url: { name: "The address", missing: "Write the address of the receiver." },
  secret: { name: "The secret", missing: "Write the secret." },
  label: { name: "The name of the screen", missing: "Write a name for the screen." },
  legal_name: { name: "The registered name", missing: "Write the registered name." },
  phone: { name: "The telephone number", missing: "Write the telephone number." },
  whatsapp: { name: "The WhatsApp number", missing: "Write the WhatsApp number." },
  access_notes: { name: "What you wrote about getting in", missing: "Write how we get in." },
  return_date: { name: "The day", missing: "Choose a day." },
  return_window: { name: "The time", missing: "Choose a time." },
  return_address: { name: "The address", missing: "Tell us where to bring it." },
  vat_number: { name: "The VAT number", missing: "Write the VAT number." },
  opening: { name: "The opening hours", missing: "Write the opening hours." },
  reference: { name: "The reference", missing: "Type the reference, such as HSS‑7K3M9QX2VD." },
  code: { name: "The code", missing: "Type the code that stands on the receipt." },
  terms_version: { name: "The version of the terms", missing: "Tick that you accept our terms." },
  "terms.text": { name: "The text of the terms", missing: "Write the terms." },
  q: { name: "What you search for", missing: "Write what you search for." },
};

/** The sentences of single errors, which come before those of the rules below. */
const own: readonly [RegExp, string][] = [
  [/^email is invalid/, "This does not look like an e-mail address, such as thandi@tuks.co.za."],
  [/^(?:phone|whatsapp|caretaker_phone) must be a telephone number/, "This does not look like a telephone number, such as 082 555 0134."],
  [/^name must be one that no other residence has/, "Another residence has this name."],
  [/^(?:return_)?residence_id must be that of/, "This residence is no longer in our list. Choose again."],
  [/^(?:return_)?room must come with/, "Choose the residence of this room."],
  [/^reopens_on must be after closes_on/, "This must be after the last day."],
  [/^liability_cap must be/, "Write an amount in rand, such as 5000."],
  [/^payment_methods must contain at least/, "Offer at least one way to pay."],
  [/^items\[\d+\]\.type must be/, "One of these can no longer be stored with us. Choose again."],
  [/^items\[\d+\]\.id is no item/, "One of the items is no longer in this booking. Close this and look at it again."],
  [/^items must contain at least/, "Choose at least one thing to store."],
  [/^items must contain at most (\d+)/, "One booking takes at most $1 things."],
  [/^pickup_date must be tomorrow or later/, "Choose a day from tomorrow on."],
  [/^pickup_date must be/, "Choose a day from the calendar."],
  [/^return_date must not be before the pickup/, "Choose a day after the pickup."],
  [/^return_date must be/, "Choose a day from the calendar."],
  [/^duration must be/, "Choose 1 to 12 months."],
  [/^password must not be your name or e-mail/, "Choose a password that is not your name or e-mail."],
  [/^password must not be one character/, "Choose a password of more than one character again and again."],
  [/^current_password is not right|^password is not right/, "This is not your password. Please type it again."],
  [/^pin is not right/, "This is not your PIN. Please type it again."],
  [/^pin must be 6 digits/, "A PIN has six digits, and nothing else."],
  [/^pin must not be/, "This PIN is easy to guess: not one digit again and again, and no run such as 123456."],
  [/^role must be/, "Choose a role."],
  [/^method must be/, "Choose how you pay."],
  [/^url must be an http/, "Write a whole address that begins with http:// or https://, without a name or password in it."],
  [/^url names a host that is not known here: (.*)/, "There is nobody at $1. Check how it is written."],
  [
    /^url must not lead into a private network/,
    "This address lies in a private network. To allow such, start the server with --allow-private-webhooks.",
  ],
  [/^link_token/, "This link has been used or has expired. Ask for a new one."],
  [/^cursor must be/, "This page of the list is no more. Begin at the first page."],
  [/^the booking must be paid before it is collected/, "It must be paid before it is collected."],
  [/^paid is reached by a payment alone/, "It becomes paid by a payment alone."],
];

/** Details for programs alone, such as the roles that a request needs, and amounts that the page shows anyway. */
const machineDetail = /^(required_roles=|\w+=)/;

/** Adds a capital letter and a full stop where they are missing. */
export function sentence(text: string): string {
  const capitalised = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(capitalised) ? capitalised : `${capitalised}.`;
}

/** `items[2].name`, `pricing.duration` and `duration_months` as the table calls them. */
function fieldName(path: string): string {
  if (/^items\[\d+\]\.name$/.test(path)) return "item_name";
  return path.replace(/^pricing\./, "").replace(/^duration_months$/, "duration");
}

function ruleWords(name: string, rule: string): string {
  const min = /^must be at least (\d+) characters/.exec(rule);
  if (min) return `${name} needs at least ${min[1]} characters.`;
  const max = /^must be at most (\d+) characters/.exec(rule);
  if (max) return `${name} can have at most ${max[1]} characters.`;
  if (/^must have characters that can be seen/.test(rule)) return `${name} shows nothing as it is. Please type it anew.`;
  if (/^must not contain (control characters|characters that turn)/.test(rule))
    return `${name} has something in it that cannot be shown. Please type it anew.`;
  if (/^must be (a string|a number|an object|a list|true or false|one of)/.test(rule))
    return `${name} cannot be read. Please give it again.`;
  return sentence(`${name} ${rule}`);
}

/**
 * Translates a detail of the API (`pickup_date is required`) for people; null where it is for programs alone. Leaves a
 * sentence for people as it is.
 */
export function validationErrorWords(detail: string): string | null {
  if (machineDetail.test(detail)) return null;
  const [, path = "", rule = ""] =
    /^([a-z][a-z0-9_]*(?:\[\d+\])?(?:\.\w+)*) ((?:is|must|has|holds|names|cannot|needs)\b.*)$/s.exec(detail) ?? [];
  const field = fieldName(path);
  const plain = path ? `${field} ${rule}` : detail;
  for (const [pattern, words] of own) {
    const found = pattern.exec(plain);
    if (found) return words.replace("$1", found[1] ?? "");
  }
  const known = fields[field];
  if (!path || (!known && !/[_[.]/.test(path))) return sentence(detail);
  if (rule === "is required") return known?.missing ?? `${sentence(humanName(path)).slice(0, -1)} is missing.`;
  return ruleWords(known?.name ?? humanName(path), rule);
}

function humanName(path: string): string {
  const words = path.replace(/\[(\d+)\]/g, " $1").replace(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
