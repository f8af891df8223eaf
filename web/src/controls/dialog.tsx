import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./icon";

interface DialogProps {
  title: string;
  children: ComponentChildren;
  /** Left out where the dialog has to be answered. */
  onClose?: () => void;
  /** As wide as the window allows. */
  isWide?: boolean;
}

/** A modal dialog, open for as long as it is rendered. Focus goes back to where it was. */
export function Dialog({ title, children, onClose, isWide = false }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  // One dialog may open over another.
  const titleId = useId();
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      class={`dialog ${isWide ? "dialog-wide" : ""}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClose={({ currentTarget }) => {
        // A browser closes it at the second Escape, even where the first was cancelled.
        if (!onClose && currentTarget.isConnected) currentTarget.showModal();
      }}
    >
      <div class="dialog-head">
        <h2 id={titleId}>{title}</h2>
        {onClose && (
          <button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
            <Icon name="cross" />
          </button>
        )}
      </div>
      {children}
    </dialog>
  );
}
