import { useEffect, useRef, useState } from "preact/hooks";
import type { Catalog, Quote } from "../api/catalog";
import { Button } from "../controls/button";
import { ErrorNotice, Notice } from "../controls/notice";
import { formatRand } from "../money";
import { draftItems, keepDraft, keptDraft, type BookingDraft } from "./booking_draft";
import { useSubmission } from "./booking_submission";
import { ContactFields } from "./contact_fields";
import { countFaults, faultFieldOf } from "./faults";
import { ItemPicker } from "./item_picker";
import { PriceSummary } from "./price_summary";
import { computeQuote, useConfirmation } from "./quote";
import { ScheduleFields } from "./schedule_fields";

interface BookingFormProps {
  catalog: Catalog;
  reloadCatalog: () => Promise<void>;
}

export function BookingForm({ catalog, reloadCatalog }: BookingFormProps) {
  const [draft, setDraft] = useState(keptDraft);
  const form = useRef<HTMLFormElement>(null);
  const submission = useSubmission(reloadCatalog);
  const { faults } = submission;
  const faultCount = countFaults(faults);

  const change = (changes: Partial<BookingDraft>) => {
    const changed = { ...draft, ...changes };
    setDraft(changed);
    keepDraft(changed);
    for (const member of Object.keys(changes)) submission.forgetFaults(faultFieldOf(member));
  };

  const types = draftItems(draft, catalog).map((item) => item.type);
  const quote = computeQuote(catalog, types, draft.duration_months);
  const confirmation = useConfirmation(types, quote);

  useEffect(() => {
    if (confirmation === "differs") void reloadCatalog();
  }, [confirmation]);

  useEffect(() => {
    if (submission.refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], .has-faults input')?.focus();
  }, [submission.refusals]);

  return (
    <form
      ref={form}
      class="booking-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submission.submit(draft, catalog, quote);
      }}
    >
      <div class="booking-steps">
        <ItemPicker catalog={catalog} draft={draft} faults={faults} onChange={change} />
        <ScheduleFields catalog={catalog} draft={draft} faults={faults} onChange={change} />
        <ContactFields draft={draft} faults={faults} onChange={change} />
      </div>
      {quote && (
        <div class="price-bar" aria-hidden="true">
          <span>Total</span>
          <strong>{formatRand(quote.total)}</strong>
        </div>
      )}
      <aside class="booking-aside" aria-label="Price">
        <PriceSummary catalog={catalog} draft={draft} quote={quote} confirmation={confirmation} />
        {faultCount > 0 && (
          <Notice kind="bad" title={faultCount === 1 ? "One thing to mend" : `${faultCount} things to mend`}>
            {faults.rest.length > 0 ? (
              <ul>
                {faults.rest.map((fault) => (
                  <li key={fault}>{fault}</li>
                ))}
              </ul>
            ) : (
              <p>Each is marked beside its field.</p>
            )}
          </Notice>
        )}
        {submission.refused_quote && quote && <PriceChange before={submission.refused_quote} now={quote} />}
        {submission.error && (
          <ErrorNotice
            title={submission.error.leavesDoubt ? "We did not hear back" : "Not booked"}
            error={submission.error}
            advice={submission.error.leavesDoubt && "Press the button again: however often you do, it is booked once."}
          />
        )}
        <Button kind="primary" type="submit" busy={submission.isSending}>
          {submission.isSending ? "Booking…" : "Book pickup"}
        </Button>
        <p class="hint">You pay only after our staff have approved the booking.</p>
      </aside>
    </form>
  );
}

function PriceChange({ before, now }: { before: Quote; now: Quote }) {
  return (
    <Notice kind="bad" title="Our prices have changed">
      {before.total === now.total ? (
        <p>Nothing has been booked yet. The new price list could not be loaded; please book again.</p>
      ) : (
        <p>
          The new total is <strong>{formatRand(now.total)}</strong>, it was {formatRand(before.total)}. Nothing has been booked
          yet. If you agree, book again.
        </p>
      )}
    </Notice>
  );
}
