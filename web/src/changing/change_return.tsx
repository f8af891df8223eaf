import { useState } from "preact/hooks";
import type { BookingChange } from "../api/booking";
import { StopAddressFields } from "../book/stop_address_fields";
import { Button } from "../controls/button";
import { formatDay, today, tomorrow } from "../lib/time";
import type { ChangeProps } from "./change_booking";
import { ChangeForm, useChanging } from "./change_form";
import { addressErrors, returnAddress, returnAddressChange } from "./stop_address";
import { OverrideField, WhenFields } from "./when_fields";

type Method = NonNullable<BookingChange["return_method"]>;

const methods: readonly { method: Method; label: string }[] = [
  { method: "deliver", label: "Bring it to me" },
  { method: "collect_at_store", label: "I come to the store" },
];

/** When, where and how the items go back. */
export function ChangeReturn({ booking, isStaff, onChanged, onClose }: ChangeProps) {
  const changing = useChanging(booking, onChanged);
  const [when, setWhen] = useState({ date: booking.return_date ?? "", window: booking.return_window ?? "" });
  const [method, setMethod] = useState<Method>(booking.return_method ?? "deliver");
  const [at, setAt] = useState(returnAddress(booking));
  const [override, setOverride] = useState(false);
  const isDelivered = method === "deliver";
  const from = isStaff ? today() : tomorrow();
  const earliest = booking.pickup_date > from ? booking.pickup_date : from;
  const save = () =>
    changing.save({
      return_date: when.date,
      return_method: method,
      ...(isDelivered ? { return_window: when.window, ...returnAddressChange(at, booking) } : { return_window: "", return_address: "" }),
      ...(override ? { override } : {}),
    });
  return (
    <ChangeForm
      title={isStaff ? "Plan the return" : "Ask for your things back"}
      changing={changing}
      fields={["return_address", "return_residence_id", "return_room"]}
      onSubmit={save}
      onClose={onClose}
    >
      <p>Stored until {formatDay(booking.due_on)}.</p>
      <div class="choices" role="radiogroup" aria-label="How">
        {methods.map(({ method: one, label }) => (
          <label key={one} class="choice">
            <input type="radio" name="return_method" checked={method === one} onChange={() => setMethod(one)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <WhenFields kind="return" value={when} min={earliest} hasWindow={isDelivered} isFree={override || !isDelivered} onChange={setWhen} />
      {isDelivered && (
        <StopAddressFields
          prefix="return-"
          label="Where to"
          value={at}
          errors={addressErrors(changing, "return_")}
          onChange={(changes) => setAt({ ...at, ...changes })}
        />
      )}
      {isStaff && <OverrideField value={override} onChange={setOverride} />}
      {booking.return_date && (
        <Button kind="quiet" onPress={() => changing.save({ return_date: "" })}>
          No return for now
        </Button>
      )}
    </ChangeForm>
  );
}
