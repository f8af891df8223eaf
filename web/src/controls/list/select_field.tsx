import type { ComponentChildren } from "preact";

interface SelectFieldProps {
  id: string;
  label: string;
  value: string;
  children: ComponentChildren;
  onChange: (value: string) => void;
}

/** A filter's choice in one line with its label. */
export function SelectField({ id, label, value, children, onChange }: SelectFieldProps) {
  return (
    <div class="inline-field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
        {children}
      </select>
    </div>
  );
}
