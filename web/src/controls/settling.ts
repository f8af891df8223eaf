import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/**
 * Nobody can have meant a control that came, took another meaning or moved under the finger a moment ago: the second of
 * two quick taps is about what stood there before. Until this time in ms has passed, taps on it do nothing.
 */
const deadMs = 600;
/** A control that moves by less is still under the finger that was meant for it. */
const slackPx = 8;

interface Watched {
  words: string;
  /** Within the window, and within the document: only what changes both has moved, all else is scrolling. */
  left: number;
  top: number;
  page_left: number;
  page_top: number;
  unsettle: (isOther: boolean) => void;
}

const watched = new Map<HTMLElement, Watched>();
let observer: MutationObserver | null = null;

function wordsOf(element: HTMLElement): string {
  return element.getAttribute("aria-label") ?? element.textContent ?? "";
}

function placeOf(element: HTMLElement): Pick<Watched, "left" | "top" | "page_left" | "page_top"> {
  const { left, top } = element.getBoundingClientRect();
  return { left, top, page_left: left + window.scrollX, page_top: top + window.scrollY };
}

const isFar = (one: number, other: number) => Math.abs(one - other) > slackPx;

function look(): void {
  for (const [element, last] of watched) {
    const words = wordsOf(element);
    const place = placeOf(element);
    const isOther = words !== last.words;
    const hasMoved = isFar(place.left, last.left) && isFar(place.page_left, last.page_left);
    const hasDropped = isFar(place.top, last.top) && isFar(place.page_top, last.page_top);
    Object.assign(last, place, { words });
    if (isOther || hasMoved || hasDropped) last.unsettle(isOther);
  }
}

// A list that is scrolled inside itself, or a window of another size, moves things as somebody wants them to.
function takeAsMeant(): void {
  for (const [element, last] of watched) Object.assign(last, placeOf(element));
}

function watch(element: HTMLElement, unsettle: (isOther: boolean) => void): () => void {
  watched.set(element, { words: wordsOf(element), ...placeOf(element), unsettle });
  if (!observer) {
    observer = new MutationObserver(look);
    const attributeFilter = ["class", "hidden", "open", "style"];
    observer.observe(document.body, { childList: true, characterData: true, attributes: true, subtree: true, attributeFilter });
    window.addEventListener("resize", takeAsMeant);
    document.addEventListener("scroll", ({ target }) => target !== document && takeAsMeant(), { capture: true, passive: true });
  }
  return () => watched.delete(element);
}

interface Settling {
  element: { current: HTMLButtonElement | null };
  isSettled: boolean;
  /** Whether whoever pressed can have meant it. */
  isMeant(press: MouseEvent): boolean;
}

/** The dead time of a control: when it has come, when its words change, and when it has moved by itself. */
export function useSettling(): Settling {
  const element = useRef<HTMLButtonElement>(null);
  const [isSettled, setSettled] = useState(false);
  const dead_until = useRef(0);
  /** The keyboard finds a control wherever it is, so only another meaning takes it by surprise. */
  const other_until = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const unsettle = (isOther: boolean) => {
    dead_until.current = performance.now() + deadMs;
    if (isOther) other_until.current = dead_until.current;
    setSettled(false);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setSettled(true), deadMs);
  };
  useLayoutEffect(() => {
    if (!element.current) return;
    unsettle(false);
    return watch(element.current, unsettle);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    element,
    isSettled,
    isMeant: ({ timeStamp, detail }) => {
      // Enter in a field presses its form's button, which nobody aimed at.
      if (detail === 0 && document.activeElement !== element.current) return true;
      // By when it was pressed: a busy page hears of it later.
      return timeStamp >= (detail > 0 ? dead_until : other_until).current;
    },
  };
}
