import { isRecord, persistedValue } from "../lib/persisted";
import { apiBaseStore } from "./session";

const maxMarks = 20;

interface Mark {
  /** Stands for an e-mail. */
  whose: string;
  mark: string;
}

function parseMark(value: unknown): Mark | null {
  if (!isRecord(value) || typeof value["whose"] !== "string" || typeof value["mark"] !== "string") return null;
  return { whose: value["whose"], mark: value["mark"] };
}

function parseMarks(value: unknown): Mark[] | null {
  return Array.isArray(value) ? value.map(parseMark).filter((mark) => mark !== null) : null;
}

const persisted = () => persistedValue("local", `hss-device-marks${apiBaseStore.value}`, parseMarks);

// No e-mail stays behind on a browser that was signed out. Two that share a number share a place, which costs one of
// them a slower login, and nothing else.
function numberOf(email: string): string {
  let number = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(email.trim().toLowerCase())) number = Math.imul(number ^ byte, 0x01000193) >>> 0;
  return number.toString(36);
}

/** What the server gave this browser when somebody signed in with this e-mail; null where nobody has. */
export function deviceMarkOf(email: string): string | null {
  const whose = numberOf(email);
  return (
    persisted()
      .read()
      ?.find((one) => one.whose === whose)?.mark ?? null
  );
}

/** Outlasts signing out: it marks the browser and is no way in. */
export function persistDeviceMark(email: string, mark: string): void {
  const whose = numberOf(email);
  const others = (persisted().read() ?? []).filter((one) => one.whose !== whose);
  persisted().write([...others, { whose, mark }].slice(-maxMarks));
}
