import { useState } from "preact/hooks";
import { InputField, TextAreaField } from "../controls/text_field";
import type { ChangeProps } from "./change_booking";
import { ChangeForm, useChanging } from "./change_form";

/** How to reach the customer, and how to get in. */
export function ChangeContact({ booking, onChanged, onClose }: ChangeProps) {
  const changing = useChanging(booking, onChanged);
  const [phone, setPhone] = useState(booking.phone);
  const [whatsapp, setWhatsapp] = useState(booking.whatsapp);
  const [notes, setNotes] = useState(booking.access_notes);
  const save = () => changing.save({ phone, whatsapp, access_notes: notes });
  return (
    <ChangeForm
      title="Telephone and notes"
      changing={changing}
      fields={["phone", "whatsapp", "access_notes"]}
      onSubmit={save}
      onClose={onClose}
    >
      <InputField
        id="changed-phone"
        label="Telephone"
        errors={changing.errorsOf("phone")}
        type="tel"
        inputMode="tel"
        autocomplete="tel"
        value={phone}
        onInput={setPhone}
      />
      <InputField
        id="changed-whatsapp"
        label="WhatsApp (if another number)"
        errors={changing.errorsOf("whatsapp")}
        type="tel"
        inputMode="tel"
        value={whatsapp}
        onInput={setWhatsapp}
      />
      <TextAreaField
        id="changed-notes"
        label="How to get in"
        hint="The gate, the lift, whom to ask for"
        errors={changing.errorsOf("access_notes")}
        rows={2}
        maxLength={500}
        value={notes}
        onInput={setNotes}
      />
    </ChangeForm>
  );
}
