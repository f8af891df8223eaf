import { fetchAllBookings, type BookingFilter } from "../../api/booking";
import { today } from "../../lib/time";
import { csvHead, csvOf } from "./booking_csv";

export interface BookingExport {
  file: Blob;
  count: number;
}

/** Every booking that the filter finds as CSV. Throws ApiError, or AbortError where the signal ended it. */
export async function exportBookings(
  filter: BookingFilter,
  signal: AbortSignal,
  onProgress: (count: number) => void,
): Promise<BookingExport> {
  // The browser keeps a blob outside the page's memory, so only one page of bookings is in memory at a time.
  let file = new Blob([csvHead()], { type: "text/csv;charset=utf-8" });
  let cursor: string | null = null;
  let count = 0;
  do {
    const page = await fetchAllBookings({ ...filter, cursor, limit: 200 }, signal, true);
    file = new Blob([file, csvOf(page.bookings)], { type: file.type });
    count += page.count;
    cursor = page.next_cursor;
    onProgress(count);
  } while (cursor);
  return { file, count };
}

export function saveExport(file: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `hss-bookings-${today()}.csv`;
  link.click();
  // Some browsers read the address after this task.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
