import { isRecord, persistedValue } from "../lib/persisted";
import { apiBaseStore } from "./session";

const maxMarks = 20;

interface Mark {
  /** A number made from the e-mail. */
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

const persisted = () => persistedValue("local", `hss-device-marks${apiBaseStore.get()}`, parseMarks);

// A number in place of the e-mail leaves no address on a browser that was signed out. Two e-mails with one number share
// an entry, and one of them logs in more slowly.
function numberOf(email: string): string {
  let number = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(email.trim().toLowerCase())) number = Math.imul(number ^ byte, 0x01000193) >>> 0;
  return number.toString(36);
}

/** The mark that the server gave this browser at a sign-in with this e-mail; null where there was none. */
export function deviceMarkOf(email: string): string | null {
  const whose = numberOf(email);
  return (
    persisted()
      .read()
      ?.find((one) => one.whose === whose)?.mark ?? null
  );
}

/** Survives signing out: the mark identifies the browser and gives no access. */
export function persistDeviceMark(email: string, mark: string): void {
  const whose = numberOf(email);
  const others = (persisted().read() ?? []).filter((one) => one.whose !== whose);
  persisted().write([...others, { whose, mark }].slice(-maxMarks));
}
