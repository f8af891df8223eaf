import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../../controls/button";
import { Dialog } from "../../controls/dialog";
import { FormFrame } from "../../controls/form";
import { TextAreaField } from "../../controls/text_field";
import { usePersistedText } from "./persisted_text";

interface ReasonDialogProps {
  title: string;
  /** Names what is typed, which outlives the page. */
  persistedAs: string;
  field: { id: string; label: string; hint: string };
  /** What is said where no reason is given. */
  missing: string;
  /** What is said where the booking has moved on meanwhile. */
  rejected: string;
  confirm: { kind: "primary" | "danger"; label: string };
  /** The button that does nothing. */
  leave: string;
  /** Gives false where the booking has moved on meanwhile. */
  send: (reason: string) => boolean;
  onClose: () => void;
  children: ComponentChildren;
}

export const movedOn = "The booking has moved on meanwhile. Close this and look at it again.";

/** Asks for the reason of an action before it is taken. */
export function ReasonDialog({ title, persistedAs, field, missing, rejected, confirm, leave, send, onClose, children }: ReasonDialogProps) {
  const [reason, setReason] = usePersistedText(persistedAs);
  const [errors, setErrors] = useState<string[]>([]);

  const submit = () => {
    const given = reason.trim();
    setErrors(given ? [] : [missing]);
    if (!given) return;
    if (send(given)) {
      setReason("");
      onClose();
    } else setErrors([rejected]);
  };

  return (
    <Dialog title={title} onClose={onClose}>
      <FormFrame error={errors.length > 0 && errors} onSubmit={submit}>
        <p>{children}</p>
        <TextAreaField {...field} errors={errors} rows={3} maxLength={500} value={reason} onInput={setReason} />
        <div class="actions">
          <Button onPress={onClose}>{leave}</Button>
          <Button kind={confirm.kind} type="submit">
            {confirm.label}
          </Button>
        </div>
      </FormFrame>
    </Dialog>
  );
}
