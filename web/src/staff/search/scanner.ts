import { findReference, namedReference, parseReference } from "../../booking/reference";
import { bookingPath, navigate, staffBookingPath } from "../../app/route";
import { roleStore } from "../../session/session";
import { announceUnknownScan } from "./scan_notice";

/** No scanner waits longer for its next key. */
const maxGapMs = 300;
/** A slow scanner types fourteen characters on end like this; a person who types words may, so they hold a reference. */
const slowScannerMs = 110;
/** No person types like this, whatever it is. */
const fastScannerMs = 35;
const minScan = 6;

type TextField = HTMLInputElement | HTMLTextAreaElement;

interface Burst {
  text: string;
  /** Between its keys, in ms. */
  gaps: number[];
  /** Of the last character, in ms. */
  at: number;
  /** Where the first character went, and what stood there before. */
  field: TextField | null;
  value_before: string;
}

/** Opens the page of a booking that suits who is looking. */
export function openBooking(id: string): void {
  navigate(roleStore.value === "customer" ? bookingPath(id) : staffBookingPath(id));
}

function focusedField(): TextField | null {
  const element = document.activeElement;
  const isText =
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && !/^(button|checkbox|color|file|image|radio|range|reset|submit)$/.test(element.type));
  return isText ? element : null;
}

function startBurst(at: number): Burst {
  const field = focusedField();
  return { text: "", gaps: [], at, field, value_before: field?.value ?? "" };
}

function takeOut({ field, value_before }: Burst): void {
  if (!field?.isConnected || field.value === value_before) return;
  field.value = value_before;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Dialogs close as by Escape, so that the booking is not opened behind one.
function closeDialog(): void {
  document.querySelector("dialog[open]")?.dispatchEvent(new Event("cancel", { cancelable: true }));
}

/** The middle one, as a busy machine may hold a key back. */
function pace(gaps: readonly number[]): number {
  return [...gaps].sort((a, b) => a - b)[gaps.length >> 1] ?? Infinity;
}

/** Whose booking was scanned; "unknown" for a scan that says none, null where a person typed. */
function scanned({ text, gaps, field }: Burst): string | null {
  // Whoever types more than a letter where there is no field is no person.
  if (!field) return findReference(text) ?? parseReference(text) ?? (text.length > 1 ? "unknown" : null);
  if (pace(gaps) > slowScannerMs) return null;
  const whole = parseReference(text);
  const id = namedReference(text) ?? (whole === findReference(text) || pace(gaps) <= fastScannerMs ? whole : null);
  if (id) return id;
  // A password is typed by programs, too.
  return pace(gaps) <= fastScannerMs && text.length >= minScan && field.type !== "password" ? "unknown" : null;
}

/** The character that a key types; null for a key that types none. */
function typed(event: KeyboardEvent): string | null {
  if (event.key === "Dead") return "-";
  const isShortcut = (event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph");
  return event.key.length !== 1 || isShortcut || event.metaKey || event.repeat ? null : event.key;
}

/**
 * Watches for a barcode scanner, which types what it reads and Enter like a keyboard. From wherever the focus is, the
 * booking opens; the characters leave the field they fell into, and Enter does nothing else. What holds no reference
 * is told, and its Enter does nothing at all.
 */
export function startScanner(): void {
  let burst = startBurst(0);
  /** Behind a scan that ended in Tab its Enter may follow. */
  let endedAt = -Infinity;

  const end = (event: KeyboardEvent, id: string): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    takeOut(burst);
    if (id === "unknown") announceUnknownScan(burst.text);
    else {
      closeDialog();
      openBooking(id);
    }
    burst = startBurst(0);
    endedAt = event.timeStamp;
  };

  const onKey = (event: KeyboardEvent): void => {
    if (/^(Shift|CapsLock|AltGraph|NumLock)$/.test(event.key) || (event.key === "Control" && burst.text)) return;
    const gap = event.timeStamp - burst.at;
    const goesOn = burst.text !== "" && gap <= maxGapMs;
    if (event.key === "Enter" || event.key === "Tab") {
      if (event.key === "Enter" && event.timeStamp - endedAt <= maxGapMs) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      const whole = { ...burst, gaps: [...burst.gaps, gap] };
      const id = goesOn ? scanned(whole) : null;
      if (id && (event.key === "Enter" || id !== "unknown")) return end(event, id);
      burst = startBurst(0);
      return;
    }
    const character = typed(event);
    if (character === null) {
      burst = startBurst(0);
      return;
    }
    endedAt = -Infinity;
    if (goesOn) burst.gaps.push(gap);
    else burst = startBurst(event.timeStamp);
    // A list picks its entries by what is typed, a button is pressed by a space and a browser looks for what follows a
    // slash, so only the first character gets there.
    if (burst.text && !burst.field) event.preventDefault();
    burst.text += character;
    burst.at = event.timeStamp;
  };
  // A button is pressed when its key goes up.
  const onKeyUp = (event: KeyboardEvent): void => {
    const isOfBurst = burst.text.length > 1 || event.timeStamp - endedAt <= maxGapMs;
    if (event.key === " " && isOfBurst && !focusedField()) event.preventDefault();
  };

  document.addEventListener("keydown", onKey, true);
  document.addEventListener("keyup", onKeyUp, true);
}
