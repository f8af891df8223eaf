import { parseReference } from "../booking/reference";
import { bookingPath, navigate, staffBookingPath } from "../route";
import { roleStore } from "../session";

/** No person types this fast for fourteen characters on end; every scanner does. */
const longestGapMs = 50;
const reference = /^HSS-?[0-9A-Z]{10}$/i;

type TextField = HTMLInputElement | HTMLTextAreaElement;

interface Burst {
  text: string;
  /** Of the last character, in ms. */
  at: number;
  /** Where the first character went, and what stood there before. */
  field: TextField | null;
  value_before: string;
}

export function isReference(text: string): boolean {
  return reference.test(text.trim());
}

/** The page of a booking that suits who is looking. */
export function openBooking(text: string): void {
  const id = parseReference(text);
  navigate(roleStore.get() === "customer" ? bookingPath(id) : staffBookingPath(id));
}

function focusedField(): TextField | null {
  const element = document.activeElement;
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element : null;
}

function startBurst(at: number): Burst {
  const field = focusedField();
  return { text: "", at, field, value_before: field?.value ?? "" };
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

/**
 * Watches for a barcode scanner, which types a reference and Enter like a very fast keyboard. From wherever the
 * focus is, the booking opens; the characters leave the field they fell into, and Enter does nothing else.
 */
export function startScanner(): void {
  let burst = startBurst(0);

  const onKey = (event: KeyboardEvent): void => {
    const isFast = event.timeStamp - burst.at <= longestGapMs;
    if (event.key === "Shift" || event.key === "CapsLock") return;
    if (event.key === "Enter" && isFast && reference.test(burst.text)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      takeOut(burst);
      closeDialog();
      openBooking(burst.text);
      burst = startBurst(0);
      return;
    }
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
      burst = startBurst(0);
      return;
    }
    if (!isFast) burst = startBurst(event.timeStamp);
    // A list picks its entries by what is typed, so only the first character gets there.
    if (burst.text && document.activeElement instanceof HTMLSelectElement) event.preventDefault();
    burst.text += event.key;
    burst.at = event.timeStamp;
  };

  document.addEventListener("keydown", onKey, true);
}
