import { send, type Schema } from "./client";

/** Asks the server at `base` (empty: this page's origin) whether it is well. */
export function fetchHealth(base: string): Promise<Schema["Health"]> {
  return send("get", "/health", { base });
}
