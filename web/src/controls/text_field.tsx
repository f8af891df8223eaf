import type { PartialInputHTMLAttributes, TextareaHTMLAttributes } from "preact";
import { Field, type FieldTexts } from "./field";

interface TextControl {
  value: string;
  onInput: (value: string) => void;
}

type Attributes<A> = Omit<A, "id" | "label" | "value" | "onInput" | "type" | "role">;

interface InputFieldProps extends FieldTexts, TextControl, Attributes<PartialInputHTMLAttributes<HTMLInputElement>> {
  type?: "text" | "email" | "url" | "password" | "tel" | "date" | "time";
}

/** A line of text, a date (`2026-12-01`) or a time (`08:00`); whatever else is given goes to its input. */
export function InputField({ id, label, hint, errors, type = "text", onInput, ...attributes }: InputFieldProps) {
  // An input's role depends on its type for the compiler, and none is set here.
  const shape = { type } as { type: "text" };
  return (
    <Field id={id} label={label} hint={hint} errors={errors}>
      {(control) => <input {...control} {...shape} {...attributes} onInput={({ currentTarget }) => onInput(currentTarget.value)} />}
    </Field>
  );
}

/** A name or an address, which no spelling checker knows. */
export function TextField({ type = "text", ...props }: InputFieldProps) {
  return <InputField type={type} autocapitalize={type === "text" ? "words" : "off"} spellcheck={false} {...props} />;
}

type TextAreaFieldProps = FieldTexts & TextControl & Attributes<TextareaHTMLAttributes<HTMLTextAreaElement>>;

export function TextAreaField({ id, label, hint, errors, onInput, ...attributes }: TextAreaFieldProps) {
  return (
    <Field id={id} label={label} hint={hint} errors={errors}>
      {(control) => <textarea {...control} {...attributes} onInput={({ currentTarget }) => onInput(currentTarget.value)} />}
    </Field>
  );
}
