import { useState } from "preact/hooks";
import { asString, forgetPersisted, persistedValue } from "../../lib/persisted";
import { sessionStore, whenSignedOut } from "../../session/session";

const persistedKey = "hss-typed-";

whenSignedOut(() => forgetPersisted("session", persistedKey));

/**
 * A text that somebody is typing. A lock or a reload that comes in between keeps it in this tab, for the same person alone;
 * empty forgets it. `name` says what it is for.
 */
export function useHalfTyped(name: string): [string, (text: string) => void] {
  const owner = sessionStore.value?.account?.id ?? "";
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
