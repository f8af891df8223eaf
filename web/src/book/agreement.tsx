import { useEffect } from "preact/hooks";
import { fetchBusiness } from "../api/business";
import { Button } from "../controls/button";
import { ErrorList } from "../controls/field";
import { businessStore, forgetTerms } from "../lib/business";
import { useStore } from "../lib/store";
import { useQuery } from "../live/query";
import type { StepFields } from "./items_step";

interface AgreementProps extends Omit<StepFields, "catalog"> {
  /** True where staff tick for the customer. */
  isStaff?: boolean;
}

/** What the customer agrees to before the request is sent: the terms, where there are any, and whether we may begin early. */
export function Agreement(props: AgreementProps) {
  const hasTerms = useStore(businessStore).documents.includes("terms");
  const { draft, errors, isStaff, onChange } = props;
  return (
    <fieldset class={`card ${errors.fields.terms_version.length > 0 ? "has-faults" : ""}`}>
      <legend>{isStaff ? "What the customer agrees to" : "What you agree to"}</legend>
      {hasTerms && <TermsTick {...props} />}
      <label class="check">
        <input
          type="checkbox"
          checked={draft.early_start}
          onChange={({ currentTarget }) => onChange({ early_start: currentTarget.checked })}
        />
        <span>
          {isStaff ? "Asks that we begin before the cooling-off days are over" : "You may collect before my cooling-off days are over"}
          <span class="hint">
            {isStaff
              ? "For seven days after the approval, the customer may change their mind, unless they ask for this."
              : "You can change your mind for seven days after we approve. Tick this if we are to collect earlier; you do not have to."}
          </span>
        </span>
      </label>
    </fieldset>
  );
}

function TermsTick({ draft, errors, isStaff, onChange }: AgreementProps) {
  const { data, error, refresh } = useQuery(fetchBusiness, []);
  const version = data?.terms?.version ?? 0;
  const own = errors.fields.terms_version;
  // The server may know another version by now.
  useEffect(() => {
    if (own.length > 0) void refresh();
  }, [own.length]);
  useEffect(() => {
    if (data && !data.terms) forgetTerms();
  }, [data]);
  return (
    <>
      <ErrorList id="terms-faults" errors={own} />
      {error && !data && (
        <p class="hint">
          The terms could not be loaded.{" "}
          <Button kind="quiet" onPress={() => void refresh()}>
            Try again
          </Button>
        </p>
      )}
      <label class="check">
        <input
          id="terms"
          type="checkbox"
          checked={version > 0 && draft.terms_version === version}
          disabled={version === 0}
          aria-invalid={own.length > 0 ? "true" : undefined}
          aria-describedby={own.length > 0 ? "terms-faults" : undefined}
          onChange={({ currentTarget }) => onChange({ terms_version: currentTarget.checked ? version : 0 })}
        />
        <span>
          {isStaff ? "Has read and accepts" : "I have read and accept"} the{" "}
          <a href="/terms" target="_blank">
            terms<span class="visually-hidden"> (in a new tab)</span>
          </a>
        </span>
      </label>
    </>
  );
}
