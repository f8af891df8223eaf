import { createStore } from "./store";

export const roles = ["customer", "staff", "admin"] as const;
export type Role = (typeof roles)[number];

const roleKey = "hss-role";
const apiBaseKey = "hss-api-base";

// Storage can be switched off by the browser; the session then lasts as long as the page.
function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key: string, value: string): void {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    return;
  }
}

function isRole(value: string | null): value is Role {
  return roles.some((role) => role === value);
}

const storedRole = remembered(roleKey);
export const roleStore = createStore<Role>(isRole(storedRole) ? storedRole : "customer");
roleStore.subscribe(() => remember(roleKey, roleStore.get()));

/** Where the API lives, without a slash at its end; empty means the origin of this page. */
export const apiBaseStore = createStore<string>(remembered(apiBaseKey) ?? "");
apiBaseStore.subscribe(() => remember(apiBaseKey, apiBaseStore.get()));

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
