import type { JSX } from "preact";
import { faultWords } from "../fault_words";

/** What a field's control needs, so that its label, hint and faults are read out with it. */
export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": "true" | undefined;
}

interface FieldProps {
  id: string;
  label: string;
  hint?: string | undefined;
  faults?: readonly string[];
  children: (control: FieldControl) => JSX.Element;
}

export function Field({ id, label, hint, faults = [], children }: FieldProps) {
  const described = [hint && `${id}-hint`, faults.length > 0 && `${id}-faults`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": faults.length > 0 ? "true" : undefined,
      })}
      <Faults id={`${id}-faults`} faults={faults} />
    </div>
  );
}

/** `faults` are the API's details, or sentences already. */
export function Faults({ id, faults }: { id: string; faults: readonly string[] }) {
  if (faults.length === 0) return null;
  return (
    <ul class="faults" id={id}>
      {faults.map((fault) => (
        <li key={fault}>{faultWords(fault)}</li>
      ))}
    </ul>
  );
}
