import { type BookingSort, type Status } from "../../api/booking";
import { statuses } from "../../lib/tables";

export const sorts: Record<BookingSort, string> = {
  "-created_at": "Booked, newest first",
  created_at: "Booked, oldest first",
  pickup_date: "Pickup, earliest first",
  "-pickup_date": "Pickup, latest first",
};

export const rowChoices = [25, 50, 100] as const;

/** The query of the table of bookings, as its address has it. */
export interface BookingsQuery {
  status: Status | "";
  q: string;
  sort: BookingSort;
  rows: number;
}

const usualSort: BookingSort = "-created_at";

export function parseSort(text: string | null): BookingSort {
  const known: readonly BookingSort[] = ["-created_at", "created_at", "pickup_date", "-pickup_date"];
  return known.find((one) => one === text) ?? usualSort;
}

/** Ignores values that this page does not know. */
export function parseBookingsQuery(query: URLSearchParams): BookingsQuery {
  return {
    status: statuses.find((one) => one === query.get("status")) ?? "",
    q: (query.get("q") ?? "").trim(),
    sort: parseSort(query.get("sort")),
    rows: rowChoices.find((one) => String(one) === query.get("rows")) ?? rowChoices[0],
  };
}

/** The members for the address; defaults are left out. */
export function bookingsQueryMembers({ status, q, sort, rows }: BookingsQuery): Record<string, string> {
  return { status, q, sort: sort === usualSort ? "" : sort, rows: rows === rowChoices[0] ? "" : String(rows) };
}
