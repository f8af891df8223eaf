/** A value in the browser's storage: `local` outlives the browser, `session` a reload of this tab. */
export interface PersistedValue<T> {
  /** Null where nothing is stored, or nothing that this page understands. */
  read(): T | null;
  /** Null removes it. False where the browser did not store it: then it lasts as long as the page. */
  write(value: T | null): boolean;
}

// Values that storage did not take, as it was full or switched off, by area and key.
const unpersisted = new Map<string, string>();

/**
 * `parse` checks the stored value, which an earlier version of this page may have written; `serialise` makes the value
 * to store, where that is another one.
 */
export function persistedValue<T>(
  area: "local" | "session",
  key: string,
  parse: (value: unknown) => T | null,
  serialise: (value: T) => unknown = (value) => value,
): PersistedValue<T> {
  // Where the browser has switched storage off, the access itself throws.
  const storage = () => (area === "local" ? localStorage : sessionStorage);
  const name = `${area} ${key}`;
  return {
    read() {
      try {
        const text = unpersisted.get(name) ?? storage().getItem(key);
        return text === null ? null : parse(JSON.parse(text));
      } catch {
        return null;
      }
    },
    write(value) {
      const text = JSON.stringify(value === null ? null : serialise(value));
      unpersisted.delete(name);
      try {
        if (value === null) storage().removeItem(key);
        else storage().setItem(key, text);
        return true;
      } catch {
        unpersisted.set(name, text);
        return false;
      }
    },
  };
}

/** Removes every value whose key begins with `prefix`. */
export function forgetPersisted(area: "local" | "session", prefix: string): void {
  for (const name of unpersisted.keys()) if (name.startsWith(`${area} ${prefix}`)) unpersisted.delete(name);
  try {
    const storage = area === "local" ? localStorage : sessionStorage;
    for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
  } catch {
    // Storage is switched off, so it has nothing to remove.
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asString(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
