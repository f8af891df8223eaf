import { InputField } from "../../controls/text_field";
import type { HoursRow } from "./calendar_rows";

interface HoursFieldsProps {
  /** Begins the ids of the fields. */
  id: string;
  row: HoursRow;
  onChange: (changes: Partial<HoursRow>) => void;
}

/** From when to when, and how many stops. */
export function HoursFields({ id, row, onChange }: HoursFieldsProps) {
  return (
    <div class="hours-fields">
      <InputField type="time" id={`${id}-starts`} label="From" value={row.starts} onInput={(starts) => onChange({ starts })} />
      <InputField type="time" id={`${id}-ends`} label="To" value={row.ends} onInput={(ends) => onChange({ ends })} />
      <CapacityField id={`${id}-capacity`} label="Stops" value={row.capacity} onInput={(capacity) => onChange({ capacity })} />
      <CapacityField
        id={`${id}-pickups`}
        label="Pickups"
        value={row.pickup_capacity}
        onInput={(pickup_capacity) => onChange({ pickup_capacity })}
      />
      <CapacityField
        id={`${id}-returns`}
        label="Returns"
        value={row.return_capacity}
        onInput={(return_capacity) => onChange({ return_capacity })}
      />
    </div>
  );
}

interface PartProps {
  id: string;
  label: string;
  value: string;
  onInput: (value: string) => void;
}

function CapacityField(props: PartProps) {
  return <InputField {...props} inputMode="numeric" autocomplete="off" placeholder="any" maxLength={5} />;
}
