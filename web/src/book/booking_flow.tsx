import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Catalog } from "../api/catalog";
import { bookSteps, bookStepPaths, navigate, redirect, type BookStep } from "../app/route";
import { FlowSteps } from "../booking/flow_steps";
import { Notice } from "../controls/notice";
import { Page } from "../controls/page";
import { showErrors } from "../controls/show_errors";
import { useStore } from "../lib/store";
import { isShared, sessionStore } from "../session/session";
import { draftItems, draftPhotos, persistedDraft, newDraft, type BookingDraft } from "./booking_draft";
import { useSubmission } from "./booking_submission";
import { FlowAside } from "./flow_aside";
import { ItemsStep } from "./items_step";
import { accountDetails, readDetails } from "./persisted_details";
import { computeQuote, useConfirmation } from "./quote";
import { ReviewStep } from "./review_step";
import { ScheduleStep } from "./schedule_step";
import { countErrors, draftErrors, errorsOfStep, firstInvalidStep } from "./validation_errors";

interface BookingFlowProps {
  step: BookStep;
  catalog: Catalog;
  reloadCatalog: () => Promise<void>;
}

const heads: Record<BookStep, { title: string; lead: string }> = {
  items: {
    title: "Book a pickup",
    lead: "Choose what we should store. We collect in and around Hatfield, keep it safe, and bring it back.",
  },
  schedule: { title: "When and where?", lead: "Pick a day and a time, and tell us where to find you." },
  review: { title: "Check and request", lead: "Nothing is booked yet. Have a last look before you send it." },
};

const stillNeeded: Partial<Record<BookStep, string>> = {
  items: "Let's start here: choose what we should store, and the rest follows.",
  schedule: "Almost there: we still need your pickup time and details.",
};

/** Steps 1 to 3. It stays mounted from step to step, with its draft. */
export function BookingFlow({ step: asked, catalog, reloadCatalog }: BookingFlowProps) {
  const [draft, setDraft] = useState(() => persistedDraft.read() ?? { ...newDraft(), ...accountDetails(), ...readDetails() });
  const [wasRedirected, setRedirected] = useState(false);
  // A photo that has become small changes the draft as it is by then.
  const latest = useRef(draft);
  const form = useRef<HTMLFormElement>(null);
  const rejectionsSeen = useRef(0);
  const submission = useSubmission(reloadCatalog);
  const { errors, rejections } = submission;

  const types = draftItems(draft, catalog).map((item) => item.type);
  const quote = computeQuote(catalog, types, draft.duration_months);
  const confirmation = useConfirmation(types, quote);

  // A step redirects to the first earlier one that is not filled in.
  const step = firstInvalidStep(draftErrors(draft, catalog), asked) ?? asked;
  useLayoutEffect(() => {
    if (step === asked) return;
    setRedirected(true);
    redirect(bookStepPaths[step]);
  }, [step, asked]);

  useEffect(() => {
    if (confirmation === "differs") void reloadCatalog();
  }, [confirmation]);

  // Signing in fills the name and the e-mail from the account.
  const account = useStore(sessionStore)?.account;
  useEffect(() => {
    if (account && !draft.customer_name && !draft.email) change({ ...accountDetails() });
  }, [account?.id]);

  // On a shared screen, leaving the page discards the draft; one that the idle lock interrupted waits for the same person.
  useEffect(() => () => void (isShared() && sessionStore.get()?.account && persistedDraft.forget()), []);

  // The error may be on an earlier step, which is opened first.
  useEffect(() => {
    if (rejectionsSeen.current === rejections) return;
    const invalid = firstInvalidStep(errors) ?? step;
    if (invalid !== step) {
      navigate(bookStepPaths[invalid]);
      return;
    }
    rejectionsSeen.current = rejections;
    // The heading of a newly opened step takes the focus first.
    queueMicrotask(() => showErrors(form.current));
  });

  const change = (changes: Partial<BookingDraft>) => {
    const before = latest.current;
    const changed = { ...before, ...changes };
    latest.current = changed;
    setDraft(changed);
    persistedDraft.write(changed);
    submission.forgetErrors(before, changed);
    const photos = before.remember === changed.remember ? [] : draftPhotos(changed, catalog);
    if (photos.length > 0) void import("../photos/part").then((part) => part.persistPhotos(photos, changed.remember));
  };
  const changePhotos = (key: string, changeIds: (ids: readonly string[]) => string[]) => {
    const { photos } = latest.current;
    change({ photos: { ...photos, [key]: changeIds(photos[key] ?? []) } });
  };

  const submitStep = () => {
    setRedirected(false);
    const next = bookSteps[bookSteps.indexOf(step) + 1];
    if (!next) {
      void submission.submit(draft, catalog, quote);
      return;
    }
    const found = errorsOfStep(draftErrors(draft, catalog), step);
    submission.reject(found);
    if (countErrors(found) === 0) navigate(bookStepPaths[next]);
  };

  const fields = { catalog, draft, errors, onChange: change };
  return (
    <>
      <FlowSteps current={bookSteps.indexOf(step) + 1} paths={bookSteps.map((one) => bookStepPaths[one])} />
      <Page key={step} {...heads[step]}>
        <form
          ref={form}
          class="flow"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submitStep();
          }}
        >
          <div class="flow-fields">
            {wasRedirected && stillNeeded[step] && <Notice kind="info">{stillNeeded[step]}</Notice>}
            {step === "items" && <ItemsStep {...fields} onPhotos={changePhotos} />}
            {step === "schedule" && <ScheduleStep {...fields} />}
            {step === "review" && <ReviewStep {...fields} />}
          </div>
          <FlowAside {...{ step, catalog, draft, quote, confirmation, submission }} />
        </form>
      </Page>
    </>
  );
}
