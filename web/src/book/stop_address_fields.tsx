import { fetchResidences, type Residence } from "../api/residence";
import { Field } from "../controls/field";
import { InputField, TextAreaField } from "../controls/text_field";
import { useQuery } from "../live/query";
import { formatDay } from "../lib/time";

/** Where a pickup or a return is: an address, or a room in a residence, whose address the server writes. */
export interface StopAddress {
  address: string;
  /** Empty: somewhere else than in a residence. */
  residence_id: string;
  residence_name: string;
  room: string;
}

interface StopAddressFieldsProps {
  /** Begins the ids of the fields, where the page has others. */
  prefix?: string;
  /** The name of the address field, for somewhere else. */
  label: string;
  hint?: string;
  /** "off" where the address is not that of whoever types it. */
  autocomplete?: "street-address" | "off";
  value: StopAddress;
  errors: Record<"address" | "residence_id" | "room", readonly string[]>;
  onChange: (changes: Partial<StopAddress>) => void;
}

/** What can be chosen: those that there are, and one that was chosen before. */
function choicesOf(residences: readonly Residence[], { residence_id: id, residence_name: name }: StopAddress): readonly Residence[] {
  if (!id || residences.some((one) => one.id === id)) return residences;
  return [{ id, name, suburb: "", closes_on: null, reopens_on: null }, ...residences];
}

/** A choice of the owner's residences, or an address. While there are no residences, the address alone. */
export function StopAddressFields(props: StopAddressFieldsProps) {
  const { prefix = "", label, hint, autocomplete = "street-address", value, errors, onChange } = props;
  const { data } = useQuery(fetchResidences, []);
  const choices = choicesOf(data ?? [], value);
  const chosen = choices.find(({ id }) => id === value.residence_id);
  const choose = (id: string) => {
    const name = choices.find((one) => one.id === id)?.name ?? "";
    onChange({ residence_id: id, residence_name: name, room: "" });
  };
  return (
    <>
      {choices.length > 0 && (
        <Field
          id={`${prefix}residence`}
          label="Residence"
          hint={chosen?.closes_on ? `Everybody has to be out by ${formatDay(chosen.closes_on)}.` : undefined}
          errors={errors.residence_id}
        >
          {(control) => (
            <select {...control} value={value.residence_id} onChange={({ currentTarget }) => choose(currentTarget.value)}>
              <option value="">Somewhere else</option>
              {choices.map(({ id, name, suburb }) => (
                <option key={id} value={id}>
                  {suburb ? `${name}, ${suburb}` : name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {chosen ? (
        <InputField
          id={`${prefix}room`}
          label="Room"
          hint="The block, too, if it has one"
          errors={errors.room}
          autocomplete="off"
          maxLength={40}
          value={value.room}
          onInput={(room) => onChange({ room })}
        />
      ) : (
        <TextAreaField
          id={`${prefix}address`}
          label={label}
          hint={hint}
          errors={errors.address}
          rows={2}
          autocomplete={autocomplete}
          value={value.address}
          onInput={(address) => onChange({ address })}
        />
      )}
    </>
  );
}
