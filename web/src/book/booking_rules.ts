/** The part of a booking request that the rules read. */
export interface CheckedBooking {
  customer_name: string;
  email: string;
  pickup_date: string;
  pickup_window: string;
  address?: string;
  residence_id?: string;
  room?: string;
  phone?: string;
  whatsapp?: string;
  access_notes?: string;
  items: readonly { name?: string }[];
}

interface Bounds {
  min?: number;
  max: number;
  may_break_lines?: boolean;
}

// The server also trims U+0085 and U+200B, which JavaScript does not count as white space.
const outerSpace = /^[\s\u0085\u200b]+|[\s\u0085\u200b]+$/g;
const innerSpace = /[\s\u0085\u200b]/;
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]/;

function textErrors(name: string, text: string, { min = 0, max, may_break_lines }: Bounds): string[] {
  // The server counts code points, too.
  const { length } = [...text];
  if (length < min) return [`${name} must be at least ${min} characters`];
  if (length > max) return [`${name} must be at most ${max} characters`];
  const isForbidden = controls.test(text) || (!may_break_lines && /[\r\n]/.test(text));
  return isForbidden ? [`${name} must not contain control characters`] : [];
}

function requiredErrors(name: string, given: string, bounds: Bounds): string[] {
  const text = given.replace(outerSpace, "");
  return text ? textErrors(name, text, bounds) : [`${name} is required`];
}

function isEmail(text: string): boolean {
  const [local, host, ...more] = text.split("@");
  if (!local || !host || more.length > 0 || innerSpace.test(text) || /[\0-\x1f\x7f]/.test(text)) return false;
  return host.includes(".") && host.split(".").every(Boolean);
}

function emailErrors(given: string): string[] {
  const errors = requiredErrors("email", given, { max: 254 });
  const email = given.replace(outerSpace, "");
  return email && !isEmail(email) ? [...errors, "email is invalid"] : errors;
}

const betweenDigits = /[ .\-/()]/g;

function phoneErrors(name: string, given = ""): string[] {
  const text = given.replace(outerSpace, "");
  const errors = textErrors(name, text, { max: 40 });
  const isPhone = /^\+?\d{7,15}$/.test(text.replace(betweenDigits, "")) && !/^.+\+/.test(text);
  return text && !isPhone ? [...errors, `${name} must be a telephone number`] : errors;
}

/** Every error the form can cause, in the words and the order of the server (src/domain/bookings/booking_form.cpp). */
export function bookingErrors(booking: CheckedBooking): string[] {
  const { items } = booking;
  return [
    ...requiredErrors("customer_name", booking.customer_name, { min: 2, max: 120 }),
    ...emailErrors(booking.email),
    ...requiredErrors("pickup_date", booking.pickup_date, { max: 40 }),
    ...requiredErrors("pickup_window", booking.pickup_window, { max: 40 }),
    ...(booking.residence_id ? [] : requiredErrors("address", booking.address ?? "", { max: 500, may_break_lines: true })),
    ...phoneErrors("phone", booking.phone),
    ...phoneErrors("whatsapp", booking.whatsapp),
    ...textErrors("access_notes", (booking.access_notes ?? "").replace(outerSpace, ""), { max: 500, may_break_lines: true }),
    ...textErrors("room", (booking.room ?? "").replace(outerSpace, ""), { max: 40 }),
    ...(items.length === 0 ? ["items must contain at least one entry"] : []),
    ...items.flatMap(({ name = "" }, index) => textErrors(`items[${index + 1}].name`, name.replace(outerSpace, ""), { max: 80 })),
  ];
}
