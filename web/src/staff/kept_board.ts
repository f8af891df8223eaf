import type { Board, Booking, BookingDetail, BookingStep } from "../api/booking";
import { isRecord, keptIn } from "../kept";
import { apiBaseStore, roleStore, whenSignedOut } from "../session";

/** What this kiosk saw last, so that it can be read while the server is gone. Times are ms since 1970. */
interface KeptBoard {
  board: Board;
  at: number;
}

export interface KeptBooking {
  booking: BookingDetail;
  history: readonly BookingStep[];
  at: number;
}

const mostBookings = 30;

function isBooking(value: unknown): value is Booking {
  return isRecord(value) && typeof value["id"] === "string" && typeof value["created_at"] === "string";
}

function isBoard(value: unknown): value is Board {
  if (!isRecord(value) || !Array.isArray(value["columns"])) return false;
  return value["columns"].every((column) => isRecord(column) && Array.isArray(column["bookings"]) && column["bookings"].every(isBooking));
}

function isKeptBooking(value: unknown): value is KeptBooking {
  if (!isRecord(value) || typeof value["at"] !== "number" || !Array.isArray(value["history"])) return false;
  return isRecord(value["booking"]) && Array.isArray(value["booking"]["items"]) && isBooking(value["booking"]);
}

const server = () => apiBaseStore.get();
const boards = () => keptIn("local", `hss-board${server()}`, (value) => (isBoard(value) ? value : null));
// Apart from the board, which is large and seldom changes, as this is written at every poll.
const times = () => keptIn("local", `hss-board-at${server()}`, (value) => (typeof value === "number" ? value : null));
const opened = () => keptIn("local", `hss-opened${server()}`, (value) => (Array.isArray(value) ? value.filter(isKeptBooking) : null));

export function readBoard(): KeptBoard | null {
  const board = boards().read();
  const at = times().read();
  return board && at !== null ? { board, at } : null;
}

let written: Board | null = null;

whenSignedOut(() => {
  written = null;
  boards().write(null);
  times().write(null);
  opened().write(null);
});

// An answer can arrive when whoever asked for it has just signed out.
const mayKeep = () => roleStore.get() !== "customer";

export function keepBoard(board: Board): void {
  if (!mayKeep()) return;
  if (board !== written) boards().write(board);
  written = board;
  times().write(Date.now());
}

export function readOpened(id: string): KeptBooking | null {
  return opened().read()?.find(({ booking }) => booking.id === id) ?? null;
}

export function keepOpened(kept: KeptBooking): void {
  if (!mayKeep()) return;
  const others = (opened().read() ?? []).filter(({ booking }) => booking.id !== kept.booking.id);
  opened().write([...others, kept].slice(-mostBookings));
}
