const compact = new Intl.NumberFormat("en-ZA", { notation: "compact", maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat("en-ZA", { style: "percent" });
const dayAndMonth = new Intl.DateTimeFormat("en-ZA", { timeZone: "UTC", day: "numeric", month: "short" });
const fullDay = new Intl.DateTimeFormat("en-ZA", { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });

/** A number short enough for an axis, e.g. "12,3k", with the small k of "thousand". */
export function formatCompact(value: number): string {
  return compact.format(value).replace("K", "k");
}

export function formatShare(part: number, whole: number): string {
  return percent.format(whole > 0 ? part / whole : 0);
}

/** The Monday of a week, e.g. "16 Nov". */
export function weekTick(monday: string): string {
  return dayAndMonth.format(new Date(`${monday}T00:00:00Z`));
}

export function weekName(monday: string): string {
  return `Week of ${fullDay.format(new Date(`${monday}T00:00:00Z`))}`;
}
