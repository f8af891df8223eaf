import { send, type Schema } from "./client";

export type SentMessage = Schema["SentNotification"];

/** What was written to the customer of a booking, oldest first. */
export async function fetchMessages(booking_id: string, signal?: AbortSignal): Promise<readonly SentMessage[]> {
  return (await send("get", "/api/v1/bookings/{id}/notifications", { path: { id: booking_id }, signal })).notifications;
}

export function sendMessage(booking_id: string, message: string, idempotencyKey: string): Promise<Schema["NotificationAccepted"]> {
  return send("post", "/api/v1/notifications", { body: { booking_id, message }, idempotency_key: idempotencyKey });
}
