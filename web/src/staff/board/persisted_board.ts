import type { Board, Booking, BookingDetail, BookingHistoryChange, BookingStep } from "../../api/booking";
import { isRecord, persistedValue } from "../../lib/persisted";
import { apiBaseStore, roleStore, onSignOut } from "../../session/session";

/**
 * The board that this kiosk loaded last, to be read while the server is unreachable. Times are ms since 1970. It contains
 * names and addresses, so it is removed once it is too old to work with.
 */
interface PersistedBoard {
  board: Board;
  at: number;
}

export interface PersistedBooking {
  booking: BookingDetail;
  history: readonly BookingStep[];
  /** An earlier version of the page stored none. */
  changes?: readonly BookingHistoryChange[];
  at: number;
}

const maxBookings = 30;
const maxAgeMs = 2 * 24 * 3_600_000;
const isUsable = (at: number) => Date.now() - at < maxAgeMs;

function isBooking(value: unknown): value is Booking {
  return isRecord(value) && typeof value["id"] === "string" && typeof value["created_at"] === "string";
}

function isBoard(value: unknown): value is Board {
  if (!isRecord(value) || !Array.isArray(value["columns"])) return false;
  return value["columns"].every((column) => isRecord(column) && Array.isArray(column["bookings"]) && column["bookings"].every(isBooking));
}

function isPersistedBooking(value: unknown): value is PersistedBooking {
  if (!isRecord(value) || typeof value["at"] !== "number" || !Array.isArray(value["history"])) return false;
  const booking = value["booking"];
  if (!isRecord(booking) || !Array.isArray(booking["items"])) return false;
  // An earlier version's items had no label of their own.
  return booking["items"].every((item) => isRecord(item) && typeof item["item_label"] === "string") && isBooking(booking);
}

const server = () => apiBaseStore.get();
const boards = () => persistedValue("local", `hss-board${server()}`, (value) => (isBoard(value) ? value : null));
// The time is stored apart from the board, which is large and seldom changes, as each poll writes it.
const times = () => persistedValue("local", `hss-board-at${server()}`, (value) => (typeof value === "number" ? value : null));
const opened = () =>
  persistedValue("local", `hss-opened${server()}`, (value) => (Array.isArray(value) ? value.filter(isPersistedBooking) : null));

export function readBoard(): PersistedBoard | null {
  const board = boards().read();
  const at = times().read();
  if (board && at !== null && isUsable(at)) return { board, at };
  boards().write(null);
  times().write(null);
  return null;
}

let written: Board | null = null;

onSignOut(() => {
  written = null;
  boards().write(null);
  times().write(null);
  opened().write(null);
});

// An answer can arrive after its account has signed out.
const mayPersist = () => roleStore.get() !== "customer";

export function persistBoard(board: Board): void {
  if (!mayPersist()) return;
  if (board !== written) boards().write(board);
  written = board;
  times().write(Date.now());
}

export function readOpened(id: string): PersistedBooking | null {
  return readUsable().find(({ booking }) => booking.id === id) ?? null;
}

function readUsable(): PersistedBooking[] {
  const all = opened().read() ?? [];
  const usable = all.filter(({ at }) => isUsable(at));
  if (usable.length < all.length) opened().write(usable);
  return usable;
}

export function persistOpened(persisted: PersistedBooking): void {
  if (!mayPersist()) return;
  const others = readUsable().filter(({ booking }) => booking.id !== persisted.booking.id);
  opened().write([...others, persisted].slice(-maxBookings));
}
