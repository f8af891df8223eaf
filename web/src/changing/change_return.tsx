import { useState } from "preact/hooks";
import type { BookingChange } from "../api/booking";
import { Button } from "../controls/button";
import { TextAreaField } from "../controls/text_field";
import { formatDay, today, tomorrow } from "../lib/time";
import type { ChangeProps } from "./change_booking";
import { ChangeForm, useChanging } from "./change_form";
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
  const [address, setAddress] = useState(booking.return_address || booking.address);
  const [override, setOverride] = useState(false);
  const isDelivered = method === "deliver";
  const from = isStaff ? today() : tomorrow();
  const earliest = booking.pickup_date > from ? booking.pickup_date : from;
  const save = () =>
    changing.save({
      return_date: when.date,
      return_method: method,
      ...(isDelivered
        ? { return_window: when.window, return_address: address === booking.address ? "" : address }
        : { return_window: "", return_address: "" }),
      ...(override ? { override } : {}),
    });
  return (
    <ChangeForm
      title={isStaff ? "Plan the return" : "Ask for your things back"}
      changing={changing}
      fields={["return_address"]}
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
        <TextAreaField
          id="return-address"
          label="Where to"
          errors={changing.errorsOf("return_address")}
          rows={2}
          value={address}
          onInput={setAddress}
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
