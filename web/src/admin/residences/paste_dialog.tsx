import { asApiError } from "../../api/error";
import { saveResidences, type WholeResidences } from "../../api/residence";
import { Dialog } from "../../controls/dialog";
import { Form, useForm } from "../../controls/form";
import { TextAreaField } from "../../controls/text_field";
import { counted } from "../../lib/count";
import { errorOfPasted, parseResidences, withPasted } from "./residence_rows";

interface PasteDialogProps {
  loaded: WholeResidences;
  onChanged: () => void;
  onClose: () => void;
}

/** Takes a spreadsheet's lines into the list. */
export function PasteDialog({ loaded, onChanged, onClose }: PasteDialogProps) {
  const form = useForm({ residences: "" });
  const pasted = parseResidences(form.values.residences);
  const save = async () => {
    const list = withPasted(loaded.residences, pasted);
    await saveResidences(list, loaded)
      .catch((error: unknown) => {
        throw errorOfPasted(asApiError(error), list);
      })
      .finally(onChanged);
    onClose();
  };
  return (
    <Dialog title="Paste a list" onClose={onClose}>
      <Form
        form={form}
        rejection="Nothing was changed"
        submit={pasted.length > 0 ? `Take in ${counted(pasted.length, "residence")}` : "Take in"}
        submitting="Saving…"
        onSubmit={save}
      >
        <p class="hint">
          A line each, from a spreadsheet or with commas: name, suburb, last day, opens again (as 2026-12-04), gate, stairs or lift,
          parking, caretaker's telephone. The name alone is enough. One that is there already takes what you paste.
        </p>
        <TextAreaField
          id="residences-pasted"
          label="Residences"
          rows={8}
          spellcheck={false}
          placeholder={"Tuksdorp, Hatfield 0083, 2026-12-04\nMopanie, Hatfield 0083"}
          {...form.field("residences")}
        />
      </Form>
    </Dialog>
  );
}
