const count = new Intl.NumberFormat("en-ZA");

/** A whole number for people, e.g. "1 234". */
export function formatCount(value: number): string {
  return count.format(value);
}

/** "1 booking", "12 bookings". */
export function counted(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? "" : "s"}`;
}
