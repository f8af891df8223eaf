import { useRef, useState } from "preact/hooks";
import { Button } from "./button";

/** A text and a button that copies it. */
export function CopyLine({ id, label, text }: { id: string; label: string; text: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState("");
  const copy = async () => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("Copied.");
    } catch {
      // Browsers offer the clipboard on secure origins only.
      setOutcome("It is selected: copy it with Ctrl+C.");
    }
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="copy-line">
        <input ref={field} id={id} type="text" class="code" readOnly value={text} onFocus={({ currentTarget }) => currentTarget.select()} />
        <Button onPress={() => void copy()}>Copy</Button>
      </div>
      <p class="hint" role="status">
        {outcome}
      </p>
    </div>
  );
}
