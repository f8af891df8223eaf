const whole = new Intl.NumberFormat("en-ZA", { style: "currency", currency: "ZAR", maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat("en-ZA", { style: "currency", currency: "ZAR" });

/** Rand to whole cents, so that sums are exact. */
export function toCents(rand: number): number {
  return Math.round(rand * 100);
}

/** Rand for people, e.g. "R 1 460" or "R 610,50". */
export function formatRand(rand: number): string {
  return toCents(rand) % 100 === 0 ? whole.format(rand) : exact.format(rand);
}
