import { useState } from "preact/hooks";
import { fetchBookings, fetchQueue, type Booking } from "../api/booking";
import { pollEveryMs, useLoaded, type Loaded } from "../loaded";

interface LoadedQueue {
  bookings: Booking[];
  has_more: boolean;
}

const pageSize = 50;

// Every page is asked for anew at each poll, so that what left the queue leaves the screen as well.
async function loadQueue(pages: number, signal: AbortSignal): Promise<LoadedQueue> {
  const bookings: Booking[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pages; page++) {
    const answer = await fetchQueue("submitted", cursor, pageSize, signal);
    bookings.push(...answer.queue);
    cursor = answer.next_cursor;
    if (!cursor) break;
  }
  return { bookings, has_more: cursor !== null };
}

async function searchBookings(q: string, signal: AbortSignal): Promise<LoadedQueue> {
  const answer = await fetchBookings({ q, limit: pageSize }, signal);
  return { bookings: answer.bookings, has_more: answer.next_cursor !== null };
}

export interface Queue extends Loaded<LoadedQueue> {
  loadMore(): void;
}

/** The living queue, oldest first; with a search, whatever bookings match it, newest first. */
export function useQueue(search: string): Queue {
  const [pages, setPages] = useState(1);
  const loaded = useLoaded<LoadedQueue>(
    (signal) => (search ? searchBookings(search, signal) : loadQueue(pages, signal)),
    [search, pages],
    pollEveryMs,
  );
  return { ...loaded, loadMore: () => setPages(pages + 1) };
}
