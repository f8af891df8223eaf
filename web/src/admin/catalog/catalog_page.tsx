import { useState } from "preact/hooks";
import { fetchOwnersCatalog, saveCatalog, type OwnersCatalog } from "../../api/owners_catalog";
import { Button } from "../../controls/button";
import { FormFrame } from "../../controls/form";
import { Loading } from "../../controls/loading";
import { Notice, RejectionNotice } from "../../controls/notice";
import { Page } from "../../controls/page";
import { useSending } from "../../controls/sending";
import { InputField } from "../../controls/text_field";
import { useQuery } from "../../live/query";
import { LoadFailure } from "../load_failure";
import { missingIn, requestOf, rowsOf, type CatalogRows } from "./catalog_rows";
import { ChargeList } from "./charge_list";
import { ItemList } from "./item_list";

/** What can be stored and what that costs, for the owner to say. */
export function CatalogPage() {
  const { data, error, refresh } = useQuery(fetchOwnersCatalog, []);
  return (
    <Page title="Items and prices" lead={<p>What customers can store with you, and what that costs from now on.</p>}>
      {!data && error && <LoadFailure title="The prices could not be loaded" error={error} onRetry={refresh} />}
      {!data && !error && <Loading label="Loading the prices" lines={6} />}
      {data && <CatalogForm loaded={data} />}
    </Page>
  );
}

function CatalogForm({ loaded }: { loaded: OwnersCatalog }) {
  const [catalog, setCatalog] = useState(loaded);
  const [rows, setRows] = useState(() => rowsOf(loaded));
  const [isSaved, setSaved] = useState(false);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const sending = useSending();
  const change = (changes: Partial<CatalogRows>) => {
    setRows((now) => ({ ...now, ...changes }));
    setSaved(false);
  };
  const reload = (newer: OwnersCatalog) => {
    setCatalog(newer);
    setRows(rowsOf(newer));
  };
  const save = () => {
    const found = missingIn(rows);
    setMissing(found);
    setSaved(false);
    if (found.length > 0) return;
    void sending.run(async () => {
      reload(await saveCatalog(requestOf(rows), catalog));
      setSaved(true);
    });
  };
  const isOutdated = sending.error?.code === "precondition_failed";
  return (
    <FormFrame class="stack" error={missing.length > 0 ? missing : null} onSubmit={save}>
      <ItemList items={rows.items} onChange={(items) => change({ items })} />
      <section class="card stack" aria-labelledby="handling-title">
        <h2 id="handling-title">Handling fee</h2>
        <div class="hours-fields">
          <InputField
            id="handling-fee"
            label="Rand, once a booking"
            hint="For the pickup and the return; 0 where you ask for none."
            inputMode="decimal"
            autocomplete="off"
            maxLength={12}
            value={rows.handling_fee}
            onInput={(handling_fee) => change({ handling_fee })}
          />
        </div>
      </section>
      <ChargeList charges={rows.charges} onChange={(charges) => change({ charges })} />
      {missing.length > 0 && (
        <Notice kind="bad" title="Not saved yet">
          <ul>
            {missing.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      {sending.error && <RejectionNotice title="Not saved" error={sending.error} advice="Save it again: it is the same then." />}
      {isOutdated && (
        <div>
          <Button onPress={() => void sending.run(async () => reload(await fetchOwnersCatalog()))}>
            Load it again, without what I changed
          </Button>
        </div>
      )}
      {isSaved && (
        <Notice kind="good" title="Items and prices are saved">
          <p>They hold for bookings from now on.</p>
        </Notice>
      )}
      <div class="actions">
        <Button kind="primary" type="submit" busy={sending.isBusy}>
          {sending.isBusy ? "Saving…" : "Save items and prices"}
        </Button>
      </div>
    </FormFrame>
  );
}
