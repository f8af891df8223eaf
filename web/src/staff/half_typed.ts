import { useState } from "preact/hooks";
import { asString, forgetKept, keptIn } from "../kept";
import { sessionStore, whenSignedOut } from "../session";

const keptName = "hss-typed-";

whenSignedOut(() => forgetKept("session", keptName));

/**
 * A text that somebody is typing. A lock or a reload that comes in between keeps it in this tab, for the same person alone;
 * empty forgets it. `name` says what it is for.
 */
export function useHalfTyped(name: string): [string, (text: string) => void] {
  const owner = sessionStore.get()?.account?.id ?? "";
  const kept = keptIn("session", `${keptName}${owner}-${name}`, asString);
  const [text, setText] = useState(() => kept.read() ?? "");
  return [
    text,
    (typed) => {
      setText(typed);
      kept.write(typed || null);
    },
  ];
}
