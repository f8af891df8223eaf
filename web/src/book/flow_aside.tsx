import { useEffect, useRef } from "preact/hooks";
import type { Catalog, Quote } from "../api/catalog";
import type { BookStep } from "../app/route";
import { Button } from "../controls/button";
import { Notice, RejectionNotice } from "../controls/notice";
import { counted } from "../lib/count";
import { validationErrorWords } from "../lib/error_words";
import { formatRand } from "../lib/money";
import { useModule } from "../lib/module";
import { draftPhotos, type BookingDraft } from "./booking_draft";
import type { Submission } from "./booking_submission";
import { PriceSummary } from "./price_summary";
import type { Confirmation } from "./quote";
import { countErrors } from "./validation_errors";

interface FlowAsideProps {
  step: BookStep;
  catalog: Catalog;
  draft: BookingDraft;
  quote: Quote | null;
  confirmation: Confirmation;
  submission: Submission;
}

/** Shows the price and the button to go on; on a phone the total and the button stick to the lower edge. */
export function FlowAside({ step, catalog, draft, quote, confirmation, submission }: FlowAsideProps) {
  const { errors, error, rejected_quote, isSending } = submission;
  const photos = step === "review" ? draftPhotos(draft, catalog) : [];
  const part = useModule(() => import("../photos/part"), photos.length > 0);
  const outcome = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a phone the outcome may be far away from the button.
    outcome.current?.scrollIntoView({ block: "nearest" });
  }, [error, rejected_quote]);
  return (
    <div class="flow-side">
      <aside class="flow-aside" aria-label="Price">
        <PriceSummary catalog={catalog} draft={draft} quote={quote} confirmation={confirmation} />
        {part && <part.SendingPhotos ids={photos} isSending={isSending} onGoOn={() => void submission.submit(draft, catalog, quote)} />}
        <ErrorCount count={countErrors(errors)} rest={errors.rest} />
        {error || rejected_quote ? (
          <div ref={outcome}>
            {rejected_quote && quote && <PriceChange before={rejected_quote} now={quote} />}
            {error && (
              <RejectionNotice
                title="Not booked"
                error={error}
                advice="Press the button again before you change anything: however often you do, it is booked once."
              />
            )}
          </div>
        ) : (
          step === "review" && <p class="hint">Our staff look at every request first. You pay only after they approve.</p>
        )}
      </aside>
      <div class="flow-bar">
        <p class="flow-total" aria-hidden="true">
          <span class="hint">{quote ? `Total, ${counted(quote.duration_months, "month")}` : "Nothing chosen yet"}</span>
          {quote && <strong>{formatRand(quote.total)}</strong>}
        </p>
        <Button kind="primary" type="submit" busy={isSending}>
          {step !== "review" ? "Next" : isSending ? "Sending…" : "Request pickup"}
        </Button>
      </div>
    </div>
  );
}

function ErrorCount({ count, rest }: { count: number; rest: readonly string[] }) {
  if (count === 0) return null;
  return (
    <Notice kind="bad" title={count === 1 ? "One thing is missing or not right yet" : `${count} things are missing or not right yet`}>
      {rest.length > 0 ? (
        <ul>
          {rest.map((detail) => (
            <li key={detail}>{validationErrorWords(detail)}</li>
          ))}
        </ul>
      ) : (
        <p>{count === 1 ? "It is marked where it belongs." : "Each is marked where it belongs."}</p>
      )}
    </Notice>
  );
}

function PriceChange({ before, now }: { before: Quote; now: Quote }) {
  return (
    <Notice kind="bad" title="Our prices have changed">
      {before.total === now.total ? (
        <p>Nothing has been booked yet. The new price list could not be loaded; please try again.</p>
      ) : (
        <p>
          The new total is <strong>{formatRand(now.total)}</strong>, it was {formatRand(before.total)}. Nothing has been booked yet. If you
          agree, request again.
        </p>
      )}
    </Notice>
  );
}
