import type { ComponentChildren } from "preact";
import { usePressGuard } from "./press_guard";

interface ButtonProps {
  children: ComponentChildren;
  kind?: "primary" | "plain" | "danger" | "quiet";
  type?: "button" | "submit";
  /** While true the button keeps its focus but does nothing. */
  busy?: boolean;
  label?: string;
  onPress?: () => void;
}

/** Ignores presses in the moment after it has appeared, moved or changed its label (press_guard.ts). */
export function Button({ children, kind = "plain", type = "button", busy = false, label, onPress }: ButtonProps) {
  const { element, isReady, accepts } = usePressGuard();
  return (
    <button
      ref={element}
      type={type}
      class={`button button-${kind} ${busy ? "button-busy" : ""}`}
      aria-disabled={busy || !isReady}
      aria-label={label}
      onClick={(event) => {
        if (busy || !accepts(event)) event.preventDefault();
        else onPress?.();
      }}
    >
      {busy && <span class="spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}
