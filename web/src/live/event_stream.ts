import { type Status } from "../api/booking";
import { openEvents } from "../api/client";
import { isRecord } from "../lib/persisted";
import { statuses } from "../lib/tables";

/** A message of the stream: an event where it has a type, else the latest id, or a sign of life. */
export interface StreamMessage {
  id: string | null;
  type: string | null;
  /** The booking that an event is about; null where it is about none, or where this page does not understand it. */
  change: Change | null;
}

/** Something happened to a booking. */
export interface Change {
  booking_id: string;
  /** Its status before; null where it was created, `same` where the status did not change. */
  from: Status | "same" | null;
}

function parseChange(type: string, data: string): Change | null {
  let message: unknown;
  try {
    message = JSON.parse(data);
  } catch {
    return null;
  }
  const payload = isRecord(message) ? message["payload"] : null;
  if (!isRecord(message) || !isRecord(payload)) return null;
  if (type === "notification") return { booking_id: String(message["booking_id"]), from: "same" };
  const booking_id = message["booking_id"];
  if (typeof booking_id !== "string") return null;
  if (type === "booking_submitted") return { booking_id, from: null };
  const from = type === "payment_captured" ? "approved" : statuses.find((one) => one === payload["from"]);
  return from ? { booking_id, from } : null;
}

// A comment comes every 15 s. Without one, a proxy is buffering the stream.
const silenceMs = 40_000;

function parseBlock(block: string): StreamMessage {
  const message: StreamMessage = { id: null, type: null, change: null };
  let data = "";
  for (const line of block.split("\n")) {
    const [name, value] = line.split(/: ?(.*)/s);
    if (name === "id") message.id = value ?? "";
    if (name === "event") message.type = value ?? "";
    if (name === "data") data = value ?? "";
  }
  if (message.type) message.change = parseChange(message.type, data);
  return message;
}

/**
 * Receives the events after `lastEventId` (empty: from now on), until the server or the signal ends it. Throws ApiError
 * where the server rejects it, and what fetch throws where the connection is lost or silent.
 */
export async function receiveEvents(lastEventId: string, signal: AbortSignal, onMessage: (message: StreamMessage) => void): Promise<void> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  let silence = setTimeout(abort, silenceMs);
  try {
    const reader = (await openEvents(lastEventId, controller.signal)).getReader();
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(silence);
      silence = setTimeout(abort, silenceMs);
      const blocks = (text + decoder.decode(value, { stream: true })).split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) onMessage(parseBlock(block));
    }
  } finally {
    clearTimeout(silence);
    signal.removeEventListener("abort", abort);
  }
}
