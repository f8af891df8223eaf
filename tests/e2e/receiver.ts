import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A message as it came. */
export interface Received {
  id: string;
  body: { event_type: string; booking_id: string | null };
  /** Whether it is signed with this secret (Standard Webhooks). */
  isSignedWith(secret: string): boolean;
}

/** Somebody whom webhooks call. */
export interface Receiver {
  url: string;
  received: Received[];
  /** What it answers from now on. */
  status: number;
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = { url: "", received: [], status: 204, stop: async () => undefined };
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const { "webhook-id": id, "webhook-timestamp": time, "webhook-signature": signature } = request.headers;
      receiver.received.push({
        id: String(id),
        body: JSON.parse(text) as Received["body"],
        isSignedWith: (secret) => {
          const key = Buffer.from(secret.replace("whsec_", ""), "base64");
          return signature === `v1,${createHmac("sha256", key).update(`${id}.${time}.${text}`).digest("base64")}`;
        },
      });
      response.writeHead(receiver.status).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  receiver.stop = () =>
    new Promise((stopped) => {
      server.close(() => stopped());
      server.closeAllConnections();
    });
  return receiver;
}
