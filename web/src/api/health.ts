import { send } from "./client";

export interface Health {
  status: string;
  service: string;
  version: string;
  timestamp: string;
}

/** Asks the server at `base` (empty: this page's origin) whether it is well. */
export function fetchHealth(base: string): Promise<Health> {
  return send<Health>({ path: "/health", base, expects: "service" });
}
