import { roleStore } from "../session/session";
import { send, type Schema } from "./client";

export type Status = Schema["Status"];
/** A booking as lists carry it. Amounts are rand, times RFC 3339 in UTC, `pickup_date` is YYYY-MM-DD. */
export type Booking = Schema["Booking"];
export type BookingItem = Schema["Item"];
export type BookingDetail = Schema["BookingWithItems"];
export type BookingHistory = Schema["BookingHistory"];
export type BookingStep = Schema["BookingStep"];
export type NewBooking = Schema["BookingRequest"];
export type BookingPage = Schema["BookingPage"];
export type BookingCreated = Schema["BookingCreated"];
export type BookingStatus = Schema["BookingStatus"];
export type BookingSort = "-created_at" | "created_at" | "-pickup_date" | "pickup_date";
export type BookingChange = Schema["BookingChange"];
export type BookingHistoryChange = Schema["BookingHistoryChange"];
export type ClaimCode = Schema["ClaimCode"];
export type PaymentMethod = "card" | "eft" | "cash";
export type Board = Schema["Board"];
export type BoardColumn = Schema["BoardColumn"];
export type QueuePage = Schema["QueuePage"];
export type QueueStatus = BoardColumn["status"];

export interface BookingFilter {
  status?: string;
  q?: string;
  sort?: BookingSort;
  cursor?: string | null;
  limit?: number;
}

export function createBooking(body: NewBooking, idempotencyKey: string): Promise<BookingCreated> {
  return send("post", "/api/v1/bookings", { body, idempotency_key: idempotencyKey });
}

export function fetchBooking(id: string, signal?: AbortSignal): Promise<BookingDetail> {
  return send("get", "/api/v1/bookings/{id}", { path: { id }, signal });
}

export function fetchBookingHistory(id: string, signal?: AbortSignal): Promise<BookingHistory> {
  return send("get", "/api/v1/bookings/{id}/history", { path: { id }, signal });
}

export function fetchBookings(filter: BookingFilter, signal?: AbortSignal): Promise<BookingPage> {
  return send("get", "/api/v1/bookings", { query: { ...filter }, signal });
}

/** `isOnce`: this page will not be asked for again. */
export function fetchAllBookings(filter: BookingFilter, signal?: AbortSignal, isOnce = false): Promise<BookingPage> {
  return send("get", "/api/v1/admin/bookings", { query: { ...filter }, signal, isOnce });
}

/** Every column of the board, with its `limit` oldest bookings. */
export function fetchBoard(limit: number, signal?: AbortSignal): Promise<Board> {
  return send("get", "/api/v1/staff/board", { query: { limit }, signal, ...ofStaff() });
}

/** Fetches the next page of a column. */
export function fetchQueue(status: QueueStatus, cursor: string | null, limit: number, signal?: AbortSignal): Promise<QueuePage> {
  return send("get", "/api/v1/staff/queue", { query: { status, cursor, limit }, signal });
}

// Staff actions are sent as staff, also where the demo's visitor has switched to a customer, and outlive the page.
function ofStaff() {
  const role = roleStore.get();
  return { role: role === "customer" ? "staff" : role, isKeptAlive: true } as const;
}

export function approveBooking(id: string, idempotencyKey: string): Promise<BookingStatus> {
  return send("post", "/api/v1/staff/bookings/{id}/approve", { path: { id }, idempotency_key: idempotencyKey, ...ofStaff() });
}

interface StatusChange {
  reason?: string | null;
  /** The status that the booking is expected to have. */
  from?: Status | null;
}

export function setBookingStatus(
  id: string,
  status: Status,
  idempotencyKey: string,
  { reason, from }: StatusChange = {},
  isStaff = false,
): Promise<BookingStatus> {
  // Without `from`, the body has the same bytes that earlier versions of the page sent under the same key.
  const body = { status, ...(reason ? { reason } : {}), ...(from ? { from } : {}) };
  return send("patch", "/api/v1/bookings/{id}/status", {
    path: { id },
    body,
    idempotency_key: idempotencyKey,
    ...(isStaff ? ofStaff() : {}),
  });
}

/** `seen` is the booking that the change is about: one that has changed since is rejected. */
export function changeBooking(id: string, body: BookingChange, idempotencyKey: string, seen?: object): Promise<BookingDetail> {
  return send("patch", "/api/v1/bookings/{id}", { path: { id }, body, idempotency_key: idempotencyKey, ...(seen && { seen }) });
}

/** Makes a code by which the booking's customer takes it into their account; an earlier one holds no more. */
export function makeClaimCode(id: string): Promise<ClaimCode> {
  return send("post", "/api/v1/bookings/{id}/claim-code", { path: { id } });
}

/** Takes the booking into the account that is signed in. It may be sent again. */
export function claimBooking(id: string, code: string): Promise<BookingDetail> {
  return send("post", "/api/v1/bookings/{id}/claim", { path: { id }, body: { code } });
}

/** Says that a stop failed, or with `undo` that it did not. `clientId` names the trip. */
export function noteFailedTrip(
  id: string,
  clientId: string,
  idempotencyKey: string,
  trip: { reason?: string | null; undo?: boolean },
): Promise<BookingDetail> {
  const body = { client_id: clientId, ...(trip.reason ? { reason: trip.reason } : {}), ...(trip.undo ? { undo: true } : {}) };
  return send("post", "/api/v1/bookings/{id}/failed-trip", { path: { id }, body, idempotency_key: idempotencyKey, ...ofStaff() });
}

export function payBooking(id: string, method: PaymentMethod, idempotencyKey: string, isStaff = false): Promise<Schema["PaymentCaptured"]> {
  return send("post", "/api/v1/bookings/{id}/payment", {
    path: { id },
    body: { method },
    idempotency_key: idempotencyKey,
    ...(isStaff ? ofStaff() : {}),
  });
}
