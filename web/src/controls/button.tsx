import type { ComponentChildren } from "preact";

interface ButtonProps {
  children: ComponentChildren;
  kind?: "primary" | "plain" | "danger" | "quiet";
  type?: "button" | "submit";
  /** While true the button keeps its focus but does nothing. */
  busy?: boolean;
  label?: string;
  onPress?: () => void;
}

export function Button({ children, kind = "plain", type = "button", busy = false, label, onPress }: ButtonProps) {
  return (
    <button
      type={type}
      class={`button button-${kind}`}
      aria-disabled={busy}
      aria-label={label}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onPress?.();
      }}
    >
      {busy && <span class="spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}
