/** A value in the browser's storage: `local` outlives the browser, `session` a reload of this tab. */
export interface PersistedValue<T> {
  /** Null where nothing is kept, or nothing that this page understands. */
  read(): T | null;
  /** Null forgets it. False where the browser would not keep it: then it lasts as long as the page. */
  write(value: T | null): boolean;
}

// What storage had no room for, or was switched off for, by area and key.
const unpersisted = new Map<string, string>();

/**
 * `parse` checks what comes back, as an earlier version of this page may have written it; `serialise` says what is
 * written, where that is not the value itself.
 */
export function persistedValue<T>(
  area: "local" | "session",
  key: string,
  parse: (value: unknown) => T | null,
  serialise: (value: T) => unknown = (value) => value,
): PersistedValue<T> {
  // Storage can be switched off by the browser, and even asking for it then throws.
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

/** Forgets everything whose key begins with `prefix`. */
export function forgetPersisted(area: "local" | "session", prefix: string): void {
  for (const name of unpersisted.keys()) if (name.startsWith(`${area} ${prefix}`)) unpersisted.delete(name);
  try {
    const storage = area === "local" ? localStorage : sessionStorage;
    for (const key of Object.keys(storage)) if (key.startsWith(prefix)) storage.removeItem(key);
  } catch {
    // Switched off, so nothing else is kept.
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asString(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
