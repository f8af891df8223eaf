import { useState } from "preact/hooks";
import { StopAddressFields } from "../book/stop_address_fields";
import { today, tomorrow } from "../lib/time";
import type { ChangeProps } from "./change_booking";
import { ChangeForm, useChanging } from "./change_form";
import { addressErrors, pickupAddress, pickupAddressChange } from "./stop_address";
import { OverrideField, WhenFields } from "./when_fields";

/** Another day, time or address of the pickup. */
export function ChangePickup({ booking, isStaff, onChanged, onClose }: ChangeProps) {
  const changing = useChanging(booking, onChanged);
  const [when, setWhen] = useState({ date: booking.pickup_date, window: booking.pickup_window });
  const [at, setAt] = useState(pickupAddress(booking));
  const [override, setOverride] = useState(false);
  const asksAgain = !isStaff && booking.status === "approved" && when.date !== booking.pickup_date;
  const isBrought = booking.pickup_method === "brought";
  const save = () =>
    changing.save({
      pickup_date: when.date,
      ...(isBrought ? {} : { pickup_window: when.window, ...pickupAddressChange(at) }),
      ...(override ? { override } : {}),
    });
  return (
    <ChangeForm
      title="Change the pickup"
      changing={changing}
      fields={["address", "residence_id", "room"]}
      onSubmit={save}
      onClose={onClose}
    >
      <WhenFields
        kind="pickup"
        value={when}
        min={isStaff ? today() : tomorrow()}
        hasWindow={!isBrought}
        isFree={override || isBrought}
        onChange={setWhen}
      />
      {!isBrought && (
        <StopAddressFields
          prefix="changed-"
          label="Pickup address"
          value={at}
          errors={addressErrors(changing)}
          onChange={(changes) => setAt({ ...at, ...changes })}
        />
      )}
      {isStaff && !isBrought && <OverrideField value={override} onChange={setOverride} />}
      {asksAgain && <p class="hint">On another day, our staff may look at the booking again before you pay.</p>}
    </ChangeForm>
  );
}
