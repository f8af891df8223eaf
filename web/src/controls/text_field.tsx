import { Field } from "./field";

interface TextFieldProps {
  id: string;
  label: string;
  value: string;
  type?: "text" | "email" | "url";
  autocomplete: string;
  hint?: string | undefined;
  errors?: readonly string[];
  isReadOnly?: boolean;
  onInput: (value: string) => void;
}

export function TextField({
  id,
  label,
  value,
  type = "text",
  autocomplete,
  hint,
  errors = [],
  isReadOnly = false,
  onInput,
}: TextFieldProps) {
  const shape = type === "email" ? ({ type } as const) : type === "url" ? ({ type } as const) : ({ type: "text" } as const);
  return (
    <Field id={id} label={label} hint={hint} errors={errors}>
      {(control) => (
        <input
          {...control}
          {...shape}
          autocomplete={autocomplete}
          autocapitalize={type === "text" ? "words" : "off"}
          spellcheck={false}
          readOnly={isReadOnly}
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  );
}
