import { Field } from "../controls/field";
import type { BookingDraft } from "./booking_draft";
import type { Faults } from "./faults";

interface ContactFieldsProps {
  draft: BookingDraft;
  faults: Faults;
  onChange: (changes: Partial<BookingDraft>) => void;
}

export function ContactFields({ draft, faults, onChange }: ContactFieldsProps) {
  return (
    <fieldset class="card">
      <legend>Who and where?</legend>
      <div class="field-row">
        <Field id="customer-name" label="Name" faults={faults.fields.customer_name}>
          {(control) => (
            <input
              {...control}
              type="text"
              autocomplete="name"
              value={draft.customer_name}
              onInput={({ currentTarget }) => onChange({ customer_name: currentTarget.value })}
            />
          )}
        </Field>
        <Field id="email" label="E-mail" faults={faults.fields.email}>
          {(control) => (
            <input
              {...control}
              type="email"
              autocomplete="email"
              value={draft.email}
              onInput={({ currentTarget }) => onChange({ email: currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <Field id="address" label="Pickup address" hint="Street, residence and room" faults={faults.fields.address}>
        {(control) => (
          <textarea
            {...control}
            rows={2}
            autocomplete="street-address"
            value={draft.address}
            onInput={({ currentTarget }) => onChange({ address: currentTarget.value })}
          />
        )}
      </Field>
    </fieldset>
  );
}
