import { useState } from "preact/hooks";
import { Button } from "../controls/button";
import { InputField, TextAreaField } from "../controls/text_field";
import { hasAccounts, isShared } from "../session/session";
import type { BookingDraft } from "./booking_draft";
import type { StepFields } from "./items_step";
import { persistDetails, noDetails, readDetails } from "./persisted_details";
import { StopAddressFields } from "./stop_address_fields";

export function ContactFields({ draft, errors, onChange }: Omit<StepFields, "catalog">) {
  return (
    <fieldset class="card">
      <legend>Your details</legend>
      <PersistedDetails onForget={() => onChange(noDetails)} />
      <div class="field-row">
        <InputField
          id="customer-name"
          label="Name"
          errors={errors.fields.customer_name}
          autocomplete="name"
          value={draft.customer_name}
          onInput={(customer_name) => onChange({ customer_name })}
        />
        <InputField
          id="email"
          label="E-mail"
          errors={errors.fields.email}
          type="email"
          autocomplete="email"
          value={draft.email}
          onInput={(email) => onChange({ email })}
        />
      </div>
      <div class="field-row">
        <InputField
          id="phone"
          label="Telephone"
          hint="So that our driver can reach you"
          errors={errors.fields.phone}
          type="tel"
          inputMode="tel"
          autocomplete="tel"
          value={draft.phone}
          onInput={(phone) => onChange({ phone })}
        />
        <InputField
          id="whatsapp"
          label="WhatsApp (if another number)"
          errors={errors.fields.whatsapp}
          type="tel"
          inputMode="tel"
          value={draft.whatsapp}
          onInput={(whatsapp) => onChange({ whatsapp })}
        />
      </div>
      <StopAddressFields
        label="Pickup address"
        hint="Street, residence and room"
        value={draft}
        errors={errors.fields}
        onChange={onChange}
      />
      <TextAreaField
        id="access-notes"
        label="How to get in (if it helps)"
        hint="The gate, the lift, whom to ask for"
        errors={errors.fields.access_notes}
        rows={2}
        maxLength={500}
        value={draft.access_notes}
        onInput={(access_notes) => onChange({ access_notes })}
      />
      <Remember value={draft.remember} onChange={onChange} />
    </fieldset>
  );
}

function PersistedDetails({ onForget }: { onForget: () => void }) {
  const [isPersisted, setPersisted] = useState(() => readDetails() !== null);
  if (!isPersisted) return null;
  return (
    <p class="kept-details">
      <span class="hint">Remembered from your last booking on this device.</span>
      <Button
        kind="quiet"
        label="Forget my details"
        onPress={() => {
          persistDetails(null);
          setPersisted(false);
          onForget();
        }}
      >
        Forget
      </Button>
    </p>
  );
}

function Remember({ value, onChange }: { value: boolean; onChange: (changes: Partial<BookingDraft>) => void }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={value}
        disabled={isShared()}
        onChange={({ currentTarget }) => onChange({ remember: currentTarget.checked })}
      />
      <span>
        Remember my details on this device
        <span class="hint">
          {isShared()
            ? "Not on a shared screen."
            : `Your next booking is quicker${hasAccounts() ? "" : ", and this one is listed under My booking"}. Untick it on a shared computer.`}
        </span>
      </span>
    </label>
  );
}
