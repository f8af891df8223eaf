import { useEffect, useState } from "preact/hooks";
import { changeBusiness, fetchBusiness, type Business } from "../../api/business";
import { asApiError } from "../../api/error";
import { Button } from "../../controls/button";
import { Form, useForm } from "../../controls/form";
import { Notice } from "../../controls/notice";
import { refreshSession } from "../../session/session_keeper";
import { persistedDraft, type BusinessDraft } from "./business_draft";
import { BusinessFields } from "./business_fields";
import { changedValues, changeOf, valueNames, valuesOf, type BusinessValues } from "./business_values";

const picked = (values: BusinessValues, names: readonly string[]): Partial<BusinessValues> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));

/** Whether somebody has changed what the draft changes, since it was typed. */
function isOvertaken(kept: BusinessDraft | null, loaded: Business): boolean {
  const present = valuesOf(loaded);
  return kept !== null && valueNames(present).some((name) => name in kept.base && kept.base[name] !== present[name]);
}

/** Keeps what is typed until it is saved or given up, in this tab. */
export function BusinessForm({ loaded }: { loaded: Business }) {
  const [present, setPresent] = useState(loaded);
  const [draft] = useState(persistedDraft);
  const [kept] = useState(() => draft.read());
  const [outcome, setOutcome] = useState<"saved" | "overtaken" | null>(isOvertaken(kept, loaded) ? "overtaken" : null);
  const form = useForm<BusinessValues>({ ...valuesOf(loaded), ...kept?.values }, { terms: "terms.text" });
  const base = valuesOf(present);
  const changes = changedValues(base, form.values);
  const isChanged = Object.keys(changes).length > 0;
  useEffect(() => {
    draft.write(isChanged ? { values: changes, base: picked(base, Object.keys(changes)) } : null);
  });

  const show = (business: Business, unsaved: Partial<BusinessValues>) => {
    setPresent(business);
    form.set({ ...valuesOf(business), ...unsaved });
  };
  const save = async () => {
    setOutcome(null);
    try {
      const saved = await changeBusiness(changeOf(changes), present);
      show(saved, {});
      setOutcome("saved");
      await refreshSession();
    } catch (error) {
      if (asApiError(error).code !== "precondition_failed") throw error;
      show(await fetchBusiness(), changes);
      setOutcome("overtaken");
    }
  };
  const discard = isChanged && (
    <Button
      onPress={() => {
        setOutcome(null);
        show(present, {});
      }}
    >
      Discard changes
    </Button>
  );

  return (
    <div class="business">
      <Form form={form} rejection="Not saved" submit="Save" submitting="Saving…" others={discard} onSubmit={save}>
        <BusinessFields form={form} />
        {outcome === "saved" && !isChanged && (
          <Notice kind="good" title="Saved">
            <p>Customers see it from now on.</p>
          </Notice>
        )}
        {outcome === "overtaken" && (
          <Notice kind="bad" title="Somebody else has saved changes meanwhile">
            <p>Nothing of yours is saved or lost: this page shows both. Look through it, and save again.</p>
          </Notice>
        )}
      </Form>
    </div>
  );
}
