import type { BookingDraft } from "../../book/booking_draft";
import { StopAddressFields } from "../../book/stop_address_fields";
import type { ValidationErrors } from "../../book/validation_errors";
import { InputField, TextAreaField, TextField } from "../../controls/text_field";

interface WalkInContactProps {
  draft: BookingDraft;
  errors: ValidationErrors;
  isBrought: boolean;
  onChange: (changes: Partial<BookingDraft>) => void;
}

/** Who it is for. The browser offers nothing that others have typed here, as they are other people. */
export function WalkInContact({ draft, errors: { fields }, isBrought, onChange }: WalkInContactProps) {
  return (
    <fieldset class="card">
      <legend>The customer</legend>
      <TextField
        id="walk-in-name"
        label="Name"
        errors={fields.customer_name}
        autocomplete="off"
        value={draft.customer_name}
        onInput={(customer_name) => onChange({ customer_name })}
      />
      <div class="field-row">
        <InputField
          id="walk-in-phone"
          label="Telephone"
          errors={fields.phone}
          type="tel"
          inputMode="tel"
          autocomplete="off"
          value={draft.phone}
          onInput={(phone) => onChange({ phone })}
        />
        <InputField
          id="walk-in-email"
          label="E-mail"
          hint="Not needed with a telephone number"
          errors={fields.email}
          type="email"
          autocomplete="off"
          value={draft.email}
          onInput={(email) => onChange({ email })}
        />
      </div>
      {!isBrought && (
        <>
          <StopAddressFields
            prefix="walk-in-"
            label="Pickup address"
            autocomplete="off"
            value={draft}
            errors={fields}
            onChange={onChange}
          />
          <TextAreaField
            id="walk-in-notes"
            label="How to get in (if it helps)"
            errors={fields.access_notes}
            rows={2}
            maxLength={500}
            autocomplete="off"
            value={draft.access_notes}
            onInput={(access_notes) => onChange({ access_notes })}
          />
        </>
      )}
    </fieldset>
  );
}
