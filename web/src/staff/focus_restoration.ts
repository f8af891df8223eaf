import { useLayoutEffect, useRef } from "preact/hooks";
import { useStore } from "../lib/store";
import { optimisticUpdatesStore } from "./outbox/optimistic_updates";
import { outboxStore } from "./outbox/outbox";
import { sendingStore } from "./outbox/sender";

interface FocusPlace {
  element: Element;
  booking: string;
  /** The column, where the bookings stand in columns. */
  status: string | null;
  index: number;
}

/** The elements that may take the focus. None is an action: a key pressed twice must not change the next booking. */
const focusTarget = "[data-focus-home]";
const anyBooking = "[data-booking]";

/**
 * Restores the focus when the pressed button is removed: to the same booking, else to the one that moved up in its
 * column, else to the column's heading. Returns the props of the element around the bookings.
 */
export function useFocusRestoration() {
  // Each of these can remove a button, so each renders again.
  useStore(outboxStore);
  useStore(sendingStore);
  useStore(optimisticUpdatesStore);
  const around = useRef<HTMLDivElement>(null);
  const place = useRef<FocusPlace | null>(null);

  useLayoutEffect(() => {
    const last = place.current;
    if (!last || last.element.isConnected || document.activeElement !== document.body) return;
    const area = last.status === null ? around.current : around.current?.querySelector(`[data-status="${last.status}"]`);
    const bookings = [...(area?.querySelectorAll(anyBooking) ?? [])];
    const same = bookings.find((one) => one.getAttribute("data-booking") === last.booking);
    const nearest = same ?? bookings[Math.min(last.index, bookings.length - 1)];
    const target = nearest?.querySelector<HTMLElement>(focusTarget) ?? area?.querySelector<HTMLElement>(focusTarget);
    target?.focus();
  });

  const onFocusIn = ({ target }: FocusEvent): void => {
    const element = target instanceof Element ? target : null;
    const booking = element?.closest(anyBooking);
    const column = element?.closest("[data-status]");
    const area = column ?? around.current;
    place.current = null;
    if (!element || !booking || !area) return;
    place.current = {
      element,
      booking: booking.getAttribute("data-booking") ?? "",
      status: column?.getAttribute("data-status") ?? null,
      index: [...area.querySelectorAll(anyBooking)].indexOf(booking),
    };
  };
  return { ref: around, onFocusIn };
}
