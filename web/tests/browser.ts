// What the modules under test need of a browser; to be imported before them.
import { webcrypto } from "node:crypto";

class MemoryStorage {
  getItem(key: string): string | null {
    const value: unknown = Object.getOwnPropertyDescriptor(this, key)?.value;
    return typeof value === "string" ? value : null;
  }
  setItem(key: string, value: string): void {
    Object.assign(this, { [key]: value });
  }
  removeItem(key: string): void {
    Reflect.deleteProperty(this, key);
  }
}

const storages = { localStorage: new MemoryStorage(), sessionStorage: new MemoryStorage() };
const page = Object.assign(new EventTarget(), { location: new URL("http://localhost/") });
const browser = { ...storages, window: page, document: new EventTarget(), crypto: webcrypto };
// Node.js has some of them, of its own kind.
for (const [name, value] of Object.entries(browser)) Object.defineProperty(globalThis, name, { value, configurable: true });

/** A new browser: nothing is in its storage. */
export function clearStorage(): void {
  for (const storage of Object.values(storages)) for (const key of Object.keys(storage)) storage.removeItem(key);
}

/** Storage as private windows have it: nothing can be written. */
export function switchStorageOff(): () => void {
  const write = MemoryStorage.prototype.setItem;
  MemoryStorage.prototype.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  return () => (MemoryStorage.prototype.setItem = write);
}

/** What is in a storage under a key, parsed. */
export function stored(area: "local" | "session", key: string): unknown {
  const text = storages[`${area}Storage`].getItem(key);
  return text === null ? null : JSON.parse(text);
}

/** Writes to the storage as another tab does, of which this one is told. */
export function writeAsAnotherTab(key: string, value: unknown): void {
  storages.localStorage.setItem(key, JSON.stringify(value));
  page.dispatchEvent(Object.assign(new Event("storage"), { key }));
}

/** Lets the clock stand at a time, RFC 3339 or in ms since 1970. */
export function setNow(time: string | number): void {
  const now = new Date(time).getTime();
  Date.now = () => now;
}
