import { send, type Schema } from "./client";

export type SentMessage = Schema["SentNotification"];

export interface Messages {
  /** Newest first. */
  readonly messages: readonly SentMessage[];
  readonly hasOlder: boolean;
}

const maxOnPage = 200;

/** The newest `count` messages to the customer of a booking. */
export async function fetchMessages(booking_id: string, count: number, signal?: AbortSignal): Promise<Messages> {
  const messages: SentMessage[] = [];
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor: string } = { limit: Math.min(count - messages.length, maxOnPage), cursor: cursor ?? "" };
    const page: Schema["Notifications"] = await send("get", "/api/v1/bookings/{id}/notifications", {
      path: { id: booking_id },
      query,
      signal,
    });
    messages.push(...page.notifications);
    cursor = page.next_cursor;
  } while (cursor !== null && messages.length < count);
  return { messages, hasOlder: cursor !== null };
}

export function sendMessage(booking_id: string, message: string, idempotencyKey: string): Promise<Schema["NotificationAccepted"]> {
  return send("post", "/api/v1/notifications", { body: { booking_id, message }, idempotency_key: idempotencyKey });
}
