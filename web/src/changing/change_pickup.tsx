import { useState } from "preact/hooks";
import { TextAreaField } from "../controls/text_field";
import { today, tomorrow } from "../lib/time";
import type { ChangeProps } from "./change_booking";
import { ChangeForm, useChanging } from "./change_form";
import { OverrideField, WhenFields } from "./when_fields";

/** Another day, time or address of the pickup. */
export function ChangePickup({ booking, isStaff, onChanged, onClose }: ChangeProps) {
  const changing = useChanging(booking, onChanged);
  const [when, setWhen] = useState({ date: booking.pickup_date, window: booking.pickup_window });
  const [address, setAddress] = useState(booking.address);
  const [override, setOverride] = useState(false);
  const asksAgain = !isStaff && booking.status === "approved" && when.date !== booking.pickup_date;
  const isBrought = booking.pickup_method === "brought";
  const save = () =>
    changing.save({
      pickup_date: when.date,
      ...(isBrought ? {} : { pickup_window: when.window, address }),
      ...(override ? { override } : {}),
    });
  return (
    <ChangeForm title="Change the pickup" changing={changing} fields={["address"]} onSubmit={save} onClose={onClose}>
      <WhenFields
        kind="pickup"
        value={when}
        min={isStaff ? today() : tomorrow()}
        hasWindow={!isBrought}
        isFree={override || isBrought}
        onChange={setWhen}
      />
      {!isBrought && (
        <TextAreaField
          id="changed-address"
          label="Pickup address"
          errors={changing.errorsOf("address")}
          rows={2}
          autocomplete="street-address"
          value={address}
          onInput={setAddress}
        />
      )}
      {isStaff && !isBrought && <OverrideField value={override} onChange={setOverride} />}
      {asksAgain && <p class="hint">On another day, our staff look at the booking again before you pay.</p>}
    </ChangeForm>
  );
}
