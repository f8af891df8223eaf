import type { Schema } from "../api/client";
import { asString, isRecord, persistedValue } from "../lib/persisted";
import { createStore } from "../lib/store";

export const roles = ["customer", "staff", "admin"] as const;
export type Role = (typeof roles)[number];
export type Account = Schema["Account"];
/** A shared screen, which people unlock by PIN. */
export type Device = NonNullable<Schema["CurrentSession"]["device"]>;

/** The session as of the server's last answer. A device without an account is a locked screen. */
export interface Session {
  mode: "demo" | "accounts";
  account: Account | null;
  device: Device | null;
  needs_administrator: boolean;
}

const persistedApiBase = persistedValue("local", "hss-api-base", asString);
const persistedModeOf = (base: string) =>
  persistedValue("local", `hss-mode${base}`, (value) => (value === "demo" || value === "accounts" ? value : null));

/**
 * The base address of the API, without a slash at its end; empty means the origin of this page. A page that came from a
 * server with accounts uses that server alone, whatever address is stored.
 */
export const apiBaseStore = createStore<string>(persistedModeOf("").read() === "accounts" ? "" : (persistedApiBase.read() ?? ""));
apiBaseStore.subscribe(() => persistedApiBase.write(apiBaseStore.get() || null));

/** Uses the server that this page came from, which has accounts, and no other one. */
export function pinOwnServer(): void {
  persistedModeOf("").write("accounts");
  apiBaseStore.set("");
}

/** The address as it is stored, or null where it is neither empty nor an http(s) address. */
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

interface Credential {
  token: string;
  account: Account;
}

interface DeviceCredential {
  token: string;
  device: Device;
}

function isAccount(value: unknown): value is Account {
  return (
    isRecord(value) &&
    ["id", "email", "name"].every((name) => typeof value[name] === "string") &&
    roles.some((role) => role === value["role"])
  );
}

function parseCredential(value: unknown): Credential | null {
  if (!isRecord(value) || typeof value["token"] !== "string" || !isAccount(value["account"])) return null;
  return { token: value["token"], account: value["account"] };
}

function parseDeviceCredential(value: unknown): DeviceCredential | null {
  if (!isRecord(value) || typeof value["token"] !== "string" || !isRecord(value["device"])) return null;
  const { name, lock_after_seconds } = value["device"];
  if (typeof name !== "string" || typeof lock_after_seconds !== "number") return null;
  return { token: value["token"], device: { name, lock_after_seconds } };
}

// Tokens belong to one server and are never shown to another.
const persistedMode = () => persistedModeOf(apiBaseStore.get());
export const ownName = () => `hss-login${apiBaseStore.get()}`;
export const deviceName = () => `hss-device${apiBaseStore.get()}`;
const own = () => persistedValue("local", ownName(), parseCredential);
const device = () => persistedValue("local", deviceName(), parseDeviceCredential);
// The unlocked account of a shared screen belongs to one tab, until that is closed.
const person = () => persistedValue("session", `hss-person${apiBaseStore.get()}`, parseCredential);

/** The current bearer: an account, a locked screen without one, or nobody. */
export interface Bearer {
  token: string | null;
  account: Account | null;
}

/** Reads storage, which another tab may have changed a moment ago. */
export function currentBearer(): Bearer {
  const screen = device().read();
  const holder = (screen ? person() : own()).read();
  return { token: holder?.token ?? screen?.token ?? null, account: holder?.account ?? null };
}

export function currentToken(): string | null {
  return currentBearer().token;
}

function persistedSession(): Session | null {
  const mode = persistedMode().read();
  if (!mode) return null;
  const screen = device().read();
  const account = (screen ? person() : own()).read()?.account ?? null;
  return {
    mode,
    account: mode === "demo" ? null : account,
    device: mode === "demo" ? null : (screen?.device ?? null),
    needs_administrator: false,
  };
}

/** Null until this server has answered once how people sign in. */
export const sessionStore = createStore<Session | null>(persistedSession());

const persistedRole = persistedValue("local", "hss-role", (value) => roles.find((role) => role === value) ?? null);

function roleOf(session: Session | null): Role {
  if (session?.mode !== "accounts") return persistedRole.read() ?? "customer";
  return session.account?.role ?? (session.device ? "staff" : "customer");
}

/** Demo mode: the role that is played. Accounts mode: that of whoever is signed in. */
export const roleStore = createStore<Role>(roleOf(sessionStore.get()));

export function hasAccounts(): boolean {
  return sessionStore.get()?.mode === "accounts";
}

/** True on a screen that several people share: no customer's data stays on it for the next one. */
export function isShared(): boolean {
  return Boolean(sessionStore.get()?.device);
}

/** Demo mode: plays another role. Does nothing where roles belong to accounts. */
export function playRole(role: Role): void {
  if (hasAccounts()) return;
  persistedRole.write(role);
  roleStore.set(role);
}

/** Sets the session for this page and stores it for the next time. */
export function setSession(session: Session | null): void {
  if (session) persistedMode().write(session.mode);
  if (session?.account) {
    const holder = (session.device ? person() : own()).read();
    if (holder) (session.device ? person() : own()).write({ ...holder, account: session.account });
  }
  // The role is set first, as listeners of the session read it.
  roleStore.set(roleOf(session));
  sessionStore.set(session);
}

/** Reads the stored session again, after another tab or the choice of another server has changed it. */
export function rereadSession(): void {
  setSession(persistedSession());
}

export function persistOwn(holder: Credential | null): void {
  own().write(holder);
}

export function persistDevice(holder: DeviceCredential | null): void {
  device().write(holder);
}

export function persistPerson(holder: Credential | null): void {
  person().write(holder);
}

const signOutListeners = new Set<() => void>();

/** Registers a function that clears a part of the customers' data in this browser, once nobody is signed in any more. */
export function onSignOut(forget: () => void): void {
  signOutListeners.add(forget);
}

export function forgetCustomers(): void {
  for (const forget of signOutListeners) forget();
}
