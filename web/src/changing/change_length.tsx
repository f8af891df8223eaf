import { useState } from "preact/hooks";
import { Field } from "../controls/field";
import { Stepper } from "../controls/stepper";
import { formatRand, toCents } from "../lib/money";
import { formatDay, monthsLater } from "../lib/time";
import type { ChangeProps } from "./change_booking";
import { ChangeForm, useChanging } from "./change_form";

const maxMonths = 12;

/** Another number of months, with its price, before the payment. */
export function ChangeLength({ booking, isStaff, onChanged, onClose }: ChangeProps) {
  const changing = useChanging(booking, onChanged);
  const [months, setMonths] = useState(booking.duration_months);
  // What was agreed of the items stays.
  const total = (toCents(booking.monthly_subtotal) * months + toCents(booking.handling_fee)) / 100;
  const asksAgain = !isStaff && booking.status === "approved" && months !== booking.duration_months;
  const save = () => changing.save({ duration_months: months, expected_total: total });
  return (
    <ChangeForm title="For how long?" changing={changing} submit={`Store for ${formatRand(total)}`} onSubmit={save} onClose={onClose}>
      <Field id="changed-months" label="Months" errors={[]}>
        {(control) => <Stepper control={control} label="Months" value={months} min={1} max={maxMonths} onChange={setMonths} />}
      </Field>
      <p aria-live="polite">
        {formatRand(total)} in all, until {formatDay(monthsLater(booking.pickup_date, months))}
        {months !== booking.duration_months && `; ${formatRand(booking.total)} until now`}.
      </p>
      {asksAgain && <p class="hint">Our staff may look at the booking again before you pay.</p>}
    </ChangeForm>
  );
}
