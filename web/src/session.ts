import { asString, keptIn } from "./kept";
import { createStore } from "./store";

export const roles = ["customer", "staff", "admin"] as const;
export type Role = (typeof roles)[number];

const keptRole = keptIn("local", "hss-role", (value) => roles.find((role) => role === value) ?? null);
const keptApiBase = keptIn("local", "hss-api-base", asString);

export const roleStore = createStore<Role>(keptRole.read() ?? "customer");
roleStore.subscribe(() => keptRole.write(roleStore.get()));

/** Where the API lives, without a slash at its end; empty means the origin of this page. */
export const apiBaseStore = createStore<string>(keptApiBase.read() ?? "");
apiBaseStore.subscribe(() => keptApiBase.write(apiBaseStore.get() || null));

/** The address as it is kept, or null where it is neither empty nor an http(s) address. */
export function parseApiBase(text: string): string | null {
  const trimmed = text.trim();
  if (!trimmed) return "";
  try {
    const url = new URL(trimmed);
    if (url.protocol !== "http:" && url.protocol !== "https:") return null;
    return (url.origin + url.pathname).replace(/\/+$/, "");
  } catch {
    return null;
  }
}
