import type { Booking } from "../api/booking";
import { formatDay, today } from "../lib/time";
import { returnWords } from "./return_words";

/** What has to be done about a booking beside its next step: a new day, the return; empty where nothing has. */
export function dueNote(booking: Booking): string {
  const { status, due_on, return_date, needs_new_date } = booking;
  if (needs_new_date) return "Needs a new day";
  if (status !== "collected" && status !== "in_storage") return "";
  if (return_date) return `Return ${returnWords(booking)}`;
  return due_on < today() ? `Overdue since ${formatDay(due_on)}` : "";
}
