import { useLayoutEffect, useRef } from "preact/hooks";

interface FocusPlace {
  element: Element;
  booking: string;
  status: string;
  index: number;
}

/**
 * Keeps the keyboard's place when the button that was pressed goes: to the same card, else to the one that
 * moved up in its column, else to the column's heading. Gives what the board needs to be told.
 */
export function useBoardFocus() {
  const board = useRef<HTMLDivElement>(null);
  const place = useRef<FocusPlace | null>(null);

  useLayoutEffect(() => {
    const last = place.current;
    if (!last || last.element.isConnected || document.activeElement !== document.body) return;
    const column = board.current?.querySelector(`[data-status="${last.status}"]`);
    const cards = [...(column?.querySelectorAll("[data-booking]") ?? [])];
    const card = cards.find((one) => one.getAttribute("data-booking") === last.booking) ?? cards[Math.min(last.index, cards.length - 1)];
    // Never an action: one key pressed twice must not touch the next booking.
    const target = card?.querySelector("a") ?? column?.querySelector("h2");
    target?.focus();
  });

  const onFocusIn = ({ target }: FocusEvent): void => {
    if (!(target instanceof Element)) return;
    const card = target.closest("[data-booking]");
    const column = target.closest("[data-status]");
    place.current = card && column && {
      element: target,
      booking: card.getAttribute("data-booking") ?? "",
      status: column.getAttribute("data-status") ?? "",
      index: [...column.querySelectorAll("[data-booking]")].indexOf(card),
    };
  };
  return { ref: board, onFocusIn };
}
