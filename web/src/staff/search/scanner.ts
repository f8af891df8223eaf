import { bookingPath, navigate, staffBookingPath } from "../../app/route";
import { findReference, namedReference, parseReference } from "../../booking/reference";
import { roleStore } from "../../session/session";
import { announceUnknownScan } from "./scan_notice";

/** The maximum time between two keys of a scanner. */
const maxGapMs = 300;
/** The pace of a slow scanner. A fast typist reaches it, so the text must also have a reference. */
const slowScannerMs = 110;
/** A pace that no person types at. */
const fastScannerMs = 35;
const minScan = 6;

type TextField = HTMLInputElement | HTMLTextAreaElement;

interface Burst {
  text: string;
  /** The times between its keys, in ms. */
  gaps: number[];
  /** The time of the last character, in ms. */
  at: number;
  /** The field that got the first character, and its value before. */
  field: TextField | null;
  value_before: string;
}

/** Opens the page of a booking for the current role. */
export function openBooking(id: string): void {
  navigate(roleStore.get() === "customer" ? bookingPath(id) : staffBookingPath(id));
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

function restoreField({ field, value_before }: Burst): void {
  if (!field?.isConnected || field.value === value_before) return;
  field.value = value_before;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// An open dialog is closed as by Escape, so that it does not cover the booking.
function closeDialog(): void {
  document.querySelector("dialog[open]")?.dispatchEvent(new Event("cancel", { cancelable: true }));
}

/** The median, as a busy machine may delay a key. */
function pace(gaps: readonly number[]): number {
  return [...gaps].sort((a, b) => a - b)[gaps.length >> 1] ?? Infinity;
}

/** The reference that was scanned; "unknown" for a scan without one, null where a person typed. */
function scanned({ text, gaps, field }: Burst): string | null {
  // A person does not type several letters outside of a field.
  if (!field) return findReference(text) ?? parseReference(text) ?? (text.length > 1 ? "unknown" : null);
  if (pace(gaps) > slowScannerMs) return null;
  const whole = parseReference(text);
  const id = namedReference(text) ?? (whole === findReference(text) || pace(gaps) <= fastScannerMs ? whole : null);
  if (id) return id;
  // Password managers type as fast.
  return pace(gaps) <= fastScannerMs && text.length >= minScan && field.type !== "password" ? "unknown" : null;
}

/** The character that a key types; null for a key that types none. */
function typed(event: KeyboardEvent): string | null {
  if (event.key === "Dead") return "-";
  const isShortcut = (event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph");
  return event.key.length !== 1 || isShortcut || event.metaKey || event.repeat ? null : event.key;
}

/**
 * Detects a barcode scanner, which types its text and Enter like a keyboard. The booking opens wherever the focus is; the
 * characters are removed from the field that got them, and Enter does nothing else. A scan without a reference is
 * announced.
 */
export function startScanner(): void {
  let burst = startBurst(0);
  /** The time at which a scan ended in Tab, which an Enter may follow. */
  let endedAt = -Infinity;

  const end = (event: KeyboardEvent, id: string): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    restoreField(burst);
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
    // Typing chooses entries of a list, a space presses a button, and a slash opens the browser's search, so only the first
    // character reaches the page.
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
