import { asApiError } from "../../api/error";
import { saveResidences, type ResidenceRequest, type WholeResidence, type WholeResidences } from "../../api/residence";
import { Button } from "../../controls/button";
import { Dialog } from "../../controls/dialog";
import { Form, useForm } from "../../controls/form";
import { InputField, TextField } from "../../controls/text_field";
import { emptyResidence, errorOfEntry, requestOf, valuesOf } from "./residence_rows";

interface ResidenceDialogProps {
  loaded: WholeResidences;
  /** The one to change; null for a new one. */
  residence: WholeResidence | null;
  onChanged: () => void;
  onClose: () => void;
}

export function ResidenceDialog({ loaded, residence, onChanged, onClose }: ResidenceDialogProps) {
  const form = useForm(residence ? valuesOf(residence) : emptyResidence);
  const others = loaded.residences.filter(({ id }) => id !== residence?.id).map((one) => requestOf(valuesOf(one), one.id));
  const save = async (residences: ResidenceRequest[]) => {
    await saveResidences(residences, loaded)
      .catch((error: unknown) => {
        throw errorOfEntry(asApiError(error), others.length);
      })
      .finally(onChanged);
    onClose();
  };
  const remove = residence && (
    <Button kind="danger" onPress={() => void form.run(() => save(others))}>
      Remove
    </Button>
  );
  return (
    <Dialog title={residence?.name ?? "Add a residence"} onClose={onClose}>
      <Form
        form={form}
        rejection="Nothing was changed"
        submit="Save"
        submitting="Saving…"
        others={remove}
        onSubmit={() => save([...others, requestOf(form.values, residence?.id)])}
      >
        <TextField id="residence-name" label="Name" autocomplete="off" maxLength={80} {...form.field("name")} />
        <TextField id="residence-suburb" label="Suburb and postal code" autocomplete="off" maxLength={80} {...form.field("suburb")} />
        <div class="field-row">
          <InputField
            type="date"
            id="residence-closes"
            label="Last day"
            hint="When students have to be out."
            {...form.field("closes_on")}
          />
          <InputField type="date" id="residence-reopens" label="Opens again" hint="When they come back." {...form.field("reopens_on")} />
        </div>
        <p class="hint">Staff alone see what follows.</p>
        <InputField id="residence-gate" label="Gate" autocomplete="off" maxLength={200} {...form.field("gate")} />
        <InputField id="residence-stairs" label="Stairs or lift" autocomplete="off" maxLength={200} {...form.field("stairs")} />
        <InputField id="residence-parking" label="Parking" autocomplete="off" maxLength={200} {...form.field("parking")} />
        <InputField
          id="residence-phone"
          label="Caretaker's telephone"
          inputMode="tel"
          autocomplete="off"
          maxLength={40}
          {...form.field("caretaker_phone")}
        />
      </Form>
    </Dialog>
  );
}
