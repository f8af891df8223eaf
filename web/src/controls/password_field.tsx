import { useState } from "preact/hooks";
import { Field, type FieldTexts } from "./field";
import { Icon } from "./icon";

interface PasswordFieldProps extends FieldTexts {
  value: string;
  /** Read by password managers. */
  autocomplete: "current-password" | "new-password" | "off";
  onInput: (value: string) => void;
}

export function PasswordField({ id, label, value, autocomplete, hint, errors, onInput }: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  const shape = isShown ? ({ type: "text" } as const) : ({ type: "password" } as const);
  return (
    <Field id={id} label={label} hint={hint} errors={errors}>
      {(control) => (
        <span class="password">
          <input
            {...control}
            {...shape}
            autocomplete={autocomplete}
            autocapitalize="off"
            spellcheck={false}
            value={value}
            onInput={({ currentTarget }) => onInput(currentTarget.value)}
          />
          <button
            type="button"
            class="icon-button"
            aria-pressed={isShown}
            aria-controls={id}
            aria-label={`Show ${label.toLowerCase()}`}
            onClick={() => setShown(!isShown)}
          >
            <Icon name={isShown ? "eye_off" : "eye"} />
          </button>
        </span>
      )}
    </Field>
  );
}
