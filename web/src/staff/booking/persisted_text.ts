import { useState } from "preact/hooks";
import { asString, forgetPersisted, persistedValue } from "../../lib/persisted";
import { sessionStore, onSignOut } from "../../session/session";

const persistedKey = "hss-typed-";

onSignOut(() => forgetPersisted("session", persistedKey));

/**
 * The text of a field, which survives a lock or a reload in this tab, for the same account alone. An empty text is
 * removed. `name` identifies the field.
 */
export function usePersistedText(name: string): [string, (text: string) => void] {
  const owner = sessionStore.get()?.account?.id ?? "";
  const persisted = persistedValue("session", `${persistedKey}${owner}-${name}`, asString);
  const [text, setText] = useState(() => persisted.read() ?? "");
  return [
    text,
    (typed) => {
      setText(typed);
      persisted.write(typed || null);
    },
  ];
}
