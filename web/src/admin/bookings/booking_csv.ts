import type { Booking } from "../../api/booking";
import { statusLabels } from "../../booking/lifecycle";
import { csvLine, type Cell } from "../../lib/csv";
import { sastIso } from "../../lib/time";

const columns: [string, (booking: Booking) => Cell][] = [
  ["Reference", ({ id }) => id],
  ["State", ({ status }) => statusLabels[status]],
  ["Customer", ({ customer_name }) => customer_name],
  ["E-mail", ({ email }) => email],
  ["Pickup date", ({ pickup_date }) => pickup_date],
  ["Pickup time", ({ pickup_window }) => pickup_window],
  ["Address", ({ address }) => address],
  ["Items", ({ item_count }) => item_count],
  ["Months", ({ duration_months }) => duration_months],
  ["Rand a month", ({ monthly_subtotal }) => monthly_subtotal],
  ["Handling fee", ({ handling_fee }) => handling_fee],
  ["Total", ({ total }) => total],
  ["Payment", ({ payment_reference }) => payment_reference ?? ""],
  ["Booked (SAST)", ({ created_at }) => spreadsheetTime(created_at)],
  ["Last change (SAST)", ({ updated_at }) => spreadsheetTime(updated_at)],
  ["Telephone", ({ phone }) => phone],
  ["Stored until", ({ due_on }) => due_on],
  ["Return date", ({ return_date }) => return_date ?? ""],
  ["Return time", ({ return_window }) => return_window ?? ""],
];

function spreadsheetTime(time: string): string {
  return sastIso(time).replace("T", " ");
}

/** The mark by which Excel knows UTF-8, and the line of names. */
export function csvHead(): string {
  return `\uFEFF${csvLine(columns.map(([name]) => name))}`;
}

export function csvOf(bookings: readonly Booking[]): string {
  return bookings.map((booking) => csvLine(columns.map(([, cell]) => cell(booking)))).join("");
}
