import { useLayoutEffect, useRef } from "preact/hooks";
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

/** Where the focus may go by itself. Never an action: one key pressed twice must not touch the next booking. */
const home = "[data-focus-home]";
const anyBooking = "[data-booking]";

/**
 * Keeps the keyboard's place when the button that was pressed goes: in the same booking, else in the one that
 * moved up in its column, else on the column's heading. Gives what the element around the bookings needs.
 */
export function useKeptFocus() {
  // Each of these can take a button away.
  void [outboxStore.value, sendingStore.value, optimisticUpdatesStore.value];
  const around = useRef<HTMLDivElement>(null);
  const place = useRef<FocusPlace | null>(null);

  useLayoutEffect(() => {
    const last = place.current;
    if (!last || last.element.isConnected || document.activeElement !== document.body) return;
    const area = last.status === null ? around.current : around.current?.querySelector(`[data-status="${last.status}"]`);
    const bookings = [...(area?.querySelectorAll(anyBooking) ?? [])];
    const same = bookings.find((one) => one.getAttribute("data-booking") === last.booking);
    const nearest = same ?? bookings[Math.min(last.index, bookings.length - 1)];
    const target = nearest?.querySelector<HTMLElement>(home) ?? area?.querySelector<HTMLElement>(home);
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
