import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

/**
 * A press cannot be meant for a control that appeared, moved or changed its label under the finger a moment ago: the
 * second of two quick taps aims at the control that was there before. For this time in ms, the guard ignores presses.
 */
const guardMs = 600;
/** A control that moves by less is still under the finger. */
const toleratedPx = 8;

interface Place {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface GuardedControl {
  label: string;
  /** Its rectangle within the window. */
  place: Place;
  /** How far the page was scrolled then. */
  scrolled_left: number;
  scrolled_top: number;
  /** `before` is its last rectangle within the window; null where its label has changed. */
  startGuard: (before: Place | null) => void;
}

const controls = new Map<HTMLElement, GuardedControl>();
let observer: MutationObserver | null = null;

function labelOf(element: HTMLElement): string {
  return element.getAttribute("aria-label") ?? element.textContent ?? "";
}

function placeOf(element: HTMLElement): Pick<GuardedControl, "place" | "scrolled_left" | "scrolled_top"> {
  return { place: element.getBoundingClientRect(), scrolled_left: window.scrollX, scrolled_top: window.scrollY };
}

/** Scrolling the page takes a control along, or part of the way where it sticks to an edge; any other way it has moved. */
function isMove(by: number, scrolledBy: number): boolean {
  return by < Math.min(0, -scrolledBy) - toleratedPx || by > Math.max(0, -scrolledBy) + toleratedPx;
}

function checkControls(): void {
  for (const [element, last] of controls) {
    const label = labelOf(element);
    const now = placeOf(element);
    const before = last.place;
    const isRelabelled = label !== last.label;
    const hasMoved =
      isMove(now.place.left - before.left, now.scrolled_left - last.scrolled_left) ||
      isMove(now.place.top - before.top, now.scrolled_top - last.scrolled_top);
    Object.assign(last, now, { label });
    if (isRelabelled || hasMoved) last.startGuard(isRelabelled ? null : before);
  }
}

// Scrolling within a list and resizing the window move controls as the user intends. A pointer that goes down aims at the
// control under it, also where that has moved without a mutation, as by a late font.
function acceptPositions(): void {
  for (const [element, last] of controls) Object.assign(last, placeOf(element));
}

function intersection(one: Place, other: Place): Place {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}

function observe(element: HTMLElement, startGuard: GuardedControl["startGuard"]): () => void {
  controls.set(element, { label: labelOf(element), ...placeOf(element), startGuard });
  if (!observer) {
    observer = new MutationObserver(checkControls);
    const attributeFilter = ["class", "hidden", "open", "style"];
    observer.observe(document.body, { childList: true, characterData: true, attributes: true, subtree: true, attributeFilter });
    window.addEventListener("resize", acceptPositions);
    window.addEventListener("pointerdown", acceptPositions, { capture: true, passive: true });
    document.addEventListener("scroll", ({ target }) => target !== document && acceptPositions(), { capture: true, passive: true });
  }
  return () => controls.delete(element);
}

interface PressGuard {
  element: { current: HTMLButtonElement | null };
  isReady: boolean;
  /** True where the press can be meant for this control. */
  accepts(press: MouseEvent): boolean;
}

/** Guards a control from unintended presses after it appears, changes its label or moves. */
export function usePressGuard(): PressGuard {
  const element = useRef<HTMLButtonElement>(null);
  const [isReady, setReady] = useState(false);
  const guardedUntil = useRef(0);
  /** The keyboard follows a control that moves, so only another label guards it from keys. */
  const keysGuardedUntil = useRef(0);
  /** The part of it that has not moved: no other control was there, so a tap on it is meant. */
  const unmovedPart = useRef<Place | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const startGuard = (before: Place | null, isRelabelled: boolean) => {
    const now = performance.now();
    const wasGuarded = now < guardedUntil.current;
    unmovedPart.current = before && wasGuarded ? unmovedPart.current && intersection(unmovedPart.current, before) : before;
    guardedUntil.current = now + guardMs;
    if (isRelabelled) keysGuardedUntil.current = guardedUntil.current;
    setReady(false);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setReady(true), guardMs);
  };
  useLayoutEffect(() => {
    if (!element.current) return;
    startGuard(null, false);
    return observe(element.current, (before) => startGuard(before, before === null));
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    element,
    isReady,
    accepts: ({ timeStamp, detail, clientX: x, clientY: y }) => {
      // Enter in a field presses its form's button, which is not aimed at.
      if (detail === 0 && document.activeElement !== element.current) return true;
      const part = unmovedPart.current;
      if (detail > 0 && part && part.left <= x && x < part.right && part.top <= y && y < part.bottom) return true;
      // The time of the press counts, as a busy page handles it later.
      return timeStamp >= (detail > 0 ? guardedUntil : keysGuardedUntil).current;
    },
  };
}
