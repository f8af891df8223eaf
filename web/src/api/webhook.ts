import { send, type Schema } from "./client";

export const deliveryStates = ["waiting", "dead", "delivered"] as const satisfies readonly Schema["DeliveryState"][];

export type Webhook = Schema["Webhook"];
export type EventTarget = Schema["EventTarget"];
export type Delivery = Schema["Delivery"];
export type DeliveryPage = Schema["DeliveryPage"];
export type WebhookTest = Schema["WebhookTest"];

export function fetchEvents(signal?: AbortSignal): Promise<Schema["EventTargets"]> {
  return send("get", "/api/v1/admin/events", { signal });
}

/** Sends one event again, or all that are dead-lettered at the target. */
export function sendAgain(target: string, event_id?: number): Promise<Schema["EventsAgain"]> {
  return send("post", "/api/v1/admin/events/again", { body: event_id === undefined ? { target, all: true } : { target, event_id } });
}

export async function fetchWebhooks(signal?: AbortSignal): Promise<readonly Webhook[]> {
  return (await send("get", "/api/v1/admin/webhooks", { signal })).webhooks;
}

/** The answer is the only one that has the secret, which the server generates. */
export function addWebhook(url: string): Promise<Schema["NewWebhookAnswer"]> {
  return send("post", "/api/v1/admin/webhooks", { body: { url } });
}

export function changeWebhook(id: string, body: Schema["WebhookChange"]): Promise<Webhook> {
  return send("patch", "/api/v1/admin/webhooks/{id}", { path: { id }, body });
}

export function removeWebhook(id: string): Promise<unknown> {
  return send("delete", "/api/v1/admin/webhooks/{id}", { path: { id } });
}

/** Answers once the receiver has, or did not in time. */
export function testWebhook(id: string): Promise<WebhookTest> {
  return send("post", "/api/v1/admin/webhooks/{id}/test", { path: { id } });
}

export function fetchDeliveries(
  id: string,
  query: { state: string; cursor: string | null; limit: number },
  signal?: AbortSignal,
): Promise<DeliveryPage> {
  return send("get", "/api/v1/admin/webhooks/{id}/deliveries", { path: { id }, query, signal });
}
