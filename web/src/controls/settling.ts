import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/**
 * A press cannot be meant for a control that appeared, moved or changed its label under the finger a moment ago: the
 * second of two quick taps aims at the control that was there before. For this time in ms, the guard ignores presses.
 */
const deadMs = 600;
/** A control that moves by less is still under the finger. */
const slackPx = 8;

interface Place {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface Watched {
  words: string;
  /** Its rectangle within the window. */
  place: Place;
  /** Its position in the document: a control has moved where both change, and is scrolled where one does. */
  page_left: number;
  page_top: number;
  /** `before` is its last rectangle within the window; null where its label has changed. */
  unsettle: (before: Place | null) => void;
}

const watched = new Map<HTMLElement, Watched>();
let observer: MutationObserver | null = null;

function wordsOf(element: HTMLElement): string {
  return element.getAttribute("aria-label") ?? element.textContent ?? "";
}

function placeOf(element: HTMLElement): Pick<Watched, "place" | "page_left" | "page_top"> {
  const place = element.getBoundingClientRect();
  return { place, page_left: place.left + window.scrollX, page_top: place.top + window.scrollY };
}

const isFar = (one: number, other: number) => Math.abs(one - other) > slackPx;

function look(): void {
  for (const [element, last] of watched) {
    const words = wordsOf(element);
    const now = placeOf(element);
    const before = last.place;
    const isOther = words !== last.words;
    const hasMoved = isFar(now.place.left, before.left) && isFar(now.page_left, last.page_left);
    const hasDropped = isFar(now.place.top, before.top) && isFar(now.page_top, last.page_top);
    Object.assign(last, now, { words });
    if (isOther || hasMoved || hasDropped) last.unsettle(isOther ? null : before);
  }
}

// Scrolling within a list and resizing the window move controls as the user intends. A pointer that goes down aims at the
// control under it, also where that has moved without a mutation, as by a late font.
function takeAsMeant(): void {
  for (const [element, last] of watched) Object.assign(last, placeOf(element));
}

function common(one: Place, other: Place): Place {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}

function watch(element: HTMLElement, unsettle: Watched["unsettle"]): () => void {
  watched.set(element, { words: wordsOf(element), ...placeOf(element), unsettle });
  if (!observer) {
    observer = new MutationObserver(look);
    const attributeFilter = ["class", "hidden", "open", "style"];
    observer.observe(document.body, { childList: true, characterData: true, attributes: true, subtree: true, attributeFilter });
    window.addEventListener("resize", takeAsMeant);
    window.addEventListener("pointerdown", takeAsMeant, { capture: true, passive: true });
    document.addEventListener("scroll", ({ target }) => target !== document && takeAsMeant(), { capture: true, passive: true });
  }
  return () => watched.delete(element);
}

interface Settling {
  element: { current: HTMLButtonElement | null };
  isSettled: boolean;
  /** True where the press can be meant for this control. */
  isMeant(press: MouseEvent): boolean;
}

/** Guards a control from unintended presses after it appears, changes its label or moves. */
export function useSettling(): Settling {
  const element = useRef<HTMLButtonElement>(null);
  const [isSettled, setSettled] = useState(false);
  const dead_until = useRef(0);
  /** The keyboard follows a control that moves, so only another label guards it from keys. */
  const other_until = useRef(0);
  /** The part of it that has not moved: no other control was there, so a tap on it is meant. */
  const kept = useRef<Place | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const unsettle = (before: Place | null, isOther: boolean) => {
    const now = performance.now();
    const wasDead = now < dead_until.current;
    kept.current = before && wasDead ? kept.current && common(kept.current, before) : before;
    dead_until.current = now + deadMs;
    if (isOther) other_until.current = dead_until.current;
    setSettled(false);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSettled(true), deadMs);
  };
  useLayoutEffect(() => {
    if (!element.current) return;
    unsettle(null, false);
    return watch(element.current, (before) => unsettle(before, before === null));
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    element,
    isSettled,
    isMeant: ({ timeStamp, detail, clientX: x, clientY: y }) => {
      // Enter in a field presses its form's button, which is not aimed at.
      if (detail === 0 && document.activeElement !== element.current) return true;
      const part = kept.current;
      if (detail > 0 && part && part.left <= x && x < part.right && part.top <= y && y < part.bottom) return true;
      // The time of the press counts, as a busy page handles it later.
      return timeStamp >= (detail > 0 ? dead_until : other_until).current;
    },
  };
}
