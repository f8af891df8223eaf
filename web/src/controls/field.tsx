import type { JSX } from "preact";
import { validationErrorWords } from "../lib/error_words";

/** The attributes of a field's control by which its label, hint and errors are read out with it. */
export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": "true" | undefined;
}

/** The texts around a field's control. */
export interface FieldTexts {
  id: string;
  label: string;
  hint?: string | undefined;
  errors?: readonly string[] | undefined;
}

interface FieldProps extends FieldTexts {
  children: (control: FieldControl) => JSX.Element;
}

export function Field({ id, label, hint, errors = [], children }: FieldProps) {
  const described = [hint && `${id}-hint`, errors.length > 0 && `${id}-faults`].filter(Boolean).join(" ");
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
        "aria-invalid": errors.length > 0 ? "true" : undefined,
      })}
      <ErrorList id={`${id}-faults`} errors={errors} />
    </div>
  );
}

/** `errors` are the API's details, or sentences already. */
export function ErrorList({ id, errors }: { id: string; errors: readonly string[] }) {
  if (errors.length === 0) return null;
  return (
    <ul class="faults" id={id}>
      {errors.map((detail) => (
        <li key={detail}>{validationErrorWords(detail)}</li>
      ))}
    </ul>
  );
}
