import { send } from "./client";
import type { Quote } from "./catalog";

export const statuses = [
  "submitted",
  "approved",
  "paid",
  "collected",
  "in_storage",
  "returned",
  "declined",
  "cancelled",
] as const;
export type Status = (typeof statuses)[number];

/** A booking as lists carry it. Amounts are rand, times RFC 3339 in UTC, `pickup_date` is YYYY-MM-DD. */
export interface Booking extends Quote {
  id: string;
  customer_name: string;
  email: string;
  pickup_date: string;
  pickup_window: string;
  address: string;
  item_count: number;
  status: Status;
  created_at: string;
  updated_at: string;
  payment_reference: string | null;
}

export interface BookingItem {
  item_type: string;
  item_name: string | null;
  s3_key: string | null;
}

export interface BookingDetail extends Booking {
  items: BookingItem[];
}

export interface NewBooking {
  customer_name: string;
  email: string;
  pickup_date: string;
  pickup_window: string;
  address: string;
  items: { type: string; name?: string }[];
  pricing: { duration: number; monthlySubtotal?: number; handlingFee?: number; total?: number };
}

export type PaymentMethod = "card" | "eft" | "cash";

export interface BookingPage {
  bookings: Booking[];
  next_cursor: string | null;
}

export interface QueuePage {
  queue: Booking[];
  next_cursor: string | null;
}

export interface BookingFilter {
  status?: string;
  q?: string;
  cursor?: string | null;
  limit?: number;
}

interface StatusAnswer {
  booking_id: string;
  status: Status;
}

function path(id: string): string {
  return `/api/v1/bookings/${encodeURIComponent(id)}`;
}

export function createBooking(body: NewBooking, idempotencyKey: string): Promise<StatusAnswer> {
  return send<StatusAnswer>({
    method: "POST",
    path: "/api/v1/bookings",
    body,
    idempotency_key: idempotencyKey,
    expects: "booking_id",
  });
}

export function fetchBooking(id: string, signal?: AbortSignal): Promise<BookingDetail> {
  return send<BookingDetail>({ path: path(id), signal, expects: "items" });
}

export function fetchBookings(filter: BookingFilter, signal?: AbortSignal): Promise<BookingPage> {
  return send<BookingPage>({ path: "/api/v1/bookings", query: { ...filter }, signal, expects: "bookings" });
}

export function fetchAllBookings(filter: BookingFilter, signal?: AbortSignal): Promise<BookingPage> {
  return send<BookingPage>({ path: "/api/v1/admin/bookings", query: { ...filter }, signal, expects: "bookings" });
}

export function fetchQueue(cursor: string | null, limit: number, signal?: AbortSignal): Promise<QueuePage> {
  return send<QueuePage>({ path: "/api/v1/staff/queue", query: { cursor, limit }, signal, expects: "queue" });
}

export function approveBooking(id: string): Promise<StatusAnswer> {
  return send<StatusAnswer>({
    method: "POST",
    path: `/api/v1/staff/bookings/${encodeURIComponent(id)}/approve`,
    expects: "status",
  });
}

export function setBookingStatus(id: string, status: Status, reason?: string): Promise<StatusAnswer> {
  return send<StatusAnswer>({
    method: "PATCH",
    path: `${path(id)}/status`,
    body: reason === undefined ? { status } : { status, reason },
    expects: "status",
  });
}

export function payBooking(id: string, method: PaymentMethod, idempotencyKey: string): Promise<StatusAnswer> {
  return send<StatusAnswer>({
    method: "POST",
    path: `${path(id)}/payment`,
    body: { method },
    idempotency_key: idempotencyKey,
    expects: "status",
  });
}
