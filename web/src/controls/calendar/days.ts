/** Calendar dates are YYYY-MM-DD throughout, months YYYY-MM. */
function fromDate(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function utc(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

export function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** 0 is Sunday, with which South Africa's calendars begin. */
export function weekday(date: string): number {
  return utc(date).getUTCDay();
}

export function addDays(date: string, days: number): string {
  const moved = utc(date);
  moved.setUTCDate(moved.getUTCDate() + days);
  return fromDate(moved);
}

/** The same day of another month, or that month's last where it is shorter. */
export function addMonths(date: string, months: number): string {
  const moved = utc(`${monthOf(date)}-01`);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const days = daysOf(monthOf(fromDate(moved)));
  return days[Math.min(Number(date.slice(8)), days.length) - 1] ?? date;
}

export function daysOf(month: string): string[] {
  const next = utc(`${month}-01`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  const last = Number(addDays(fromDate(next), -1).slice(8));
  return Array.from({ length: last }, (_, index) => `${month}-${String(index + 1).padStart(2, "0")}`);
}

/** A month's days in weeks; null for the days of other months. */
export function weeksOf(month: string): (string | null)[][] {
  const days: (string | null)[] = daysOf(month);
  const before = Array.from({ length: weekday(`${month}-01`) }, () => null);
  const cells = [...before, ...days];
  while (cells.length % 7 > 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}
