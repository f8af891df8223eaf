import { useRef, useState } from "preact/hooks";
import { sendOnce } from "../api/attempt";
import { createBooking } from "../api/booking";
import type { Catalog, Quote } from "../api/catalog";
import { asApiError, type ApiError } from "../api/error";
import { bookingPath, navigate, sentEarlier } from "../app/route";
import { deviceBookings } from "../booking/device_bookings";
import { formatDay } from "../lib/time";
import { hasAccounts } from "../session/session";
import { signInFirst } from "../session/sign_in_request";
import { bookingAttempt, bookingRequest, draftPhotos, persistedDraft, type BookingDraft } from "./booking_draft";
import { detailsOf, persistDetails } from "./persisted_details";
import { countErrors, draftErrors, noErrors, sortErrors, withoutErrorsOf, type ValidationErrors } from "./validation_errors";

export interface Submission {
  isSending: boolean;
  errors: ValidationErrors;
  /** An error that no field explains. */
  error: ApiError | null;
  /** The price that the server rejected, to be shown beside the new one. */
  rejected_quote: Quote | null;
  /** Counts the rejections, so that each leads to its first error. */
  rejections: number;
  /** Shows these errors in place of the earlier ones. */
  reject(errors: ValidationErrors): void;
  /** Removes the errors of the fields that the customer has changed. */
  forgetErrors(before: BookingDraft, after: BookingDraft): void;
  submit(draft: BookingDraft, catalog: Catalog, quote: Quote | null): Promise<void>;
}

function finish(draft: BookingDraft, id: string, isOfEarlier: boolean): void {
  persistedDraft.forget();
  persistDetails(draft.remember ? detailsOf(draft) : null);
  // With accounts, the server lists the bookings of each.
  if (draft.remember && !hasAccounts()) deviceBookings.add(id);
  navigate(bookingPath(id) + (isOfEarlier ? sentEarlier : ""));
}

/** The server has erased a photo meanwhile, or somebody else is signed in by now. */
const isUnknownUpload = (error: ApiError) => error.details.some((detail) => detail.includes(" is no upload of yours"));

/** Why the time cannot be had, and what can: the details have `free=2026-12-02 08:00 – 11:00`. */
function slotWords(error: ApiError): string {
  const free = error.details.flatMap((detail) => {
    const [, date, window] = /^free=(\S+) (.*)$/.exec(detail) ?? [];
    return date && window ? [`${formatDay(date)}, ${window}`] : [];
  });
  const why = error.code === "slot_full" ? "This time is full by now." : "This time cannot be booked any more.";
  return free.length > 0 ? `${why} Free next: ${free.join("; ")}.` : why;
}

/** Sends the photos, then the booking that names them. Null where the customer has to decide about a photo first. */
async function sendWithPhotos(draft: BookingDraft, catalog: Catalog, quote: Quote | null) {
  const photos = draftPhotos(draft, catalog);
  const send = (keys?: ReadonlyMap<string, string>) =>
    sendOnce(bookingAttempt, bookingRequest(draft, catalog, quote, keys), createBooking, { outlivesTab: true });
  if (photos.length === 0) return send();
  const part = await import("../photos/part");
  const sendAll = async () => {
    const keys = await part.sendPhotos(photos);
    return keys && (await send(keys));
  };
  const sent = await sendAll().catch((error: unknown) => {
    if (!isUnknownUpload(asApiError(error))) throw error;
    part.forgetUploads(photos);
    return sendAll();
  });
  if (sent) part.forgetPhotos(photos);
  return sent;
}

/** Sends the booking. However often it is called before an answer is known, one booking is made. */
export function useSubmission(onCatalogChanged: () => Promise<void>): Submission {
  const [isSending, setSending] = useState(false);
  const [errors, setErrors] = useState<ValidationErrors>(noErrors);
  const [error, setError] = useState<ApiError | null>(null);
  const [rejectedQuote, setRejectedQuote] = useState<Quote | null>(null);
  const [rejections, setRejections] = useState(0);
  // State changes with the next render, and a double click comes before it.
  const isRunning = useRef(false);

  const reject = (found: ValidationErrors) => {
    setErrors(found);
    if (countErrors(found) > 0) setRejections((count) => count + 1);
  };

  const forgetErrors = (before: BookingDraft, after: BookingDraft) => {
    setRejectedQuote(null);
    setError(null);
    setErrors((now) => withoutErrorsOf(now, before, after));
  };

  const rejected = async (reason: ApiError, draft: BookingDraft, catalog: Catalog, quote: Quote | null) => {
    if (reason.code === "price_changed") {
      setRejectedQuote(quote);
      await onCatalogChanged();
    } else if (reason.code === "slot_full" || reason.code === "slot_closed") {
      const errors = noErrors();
      errors.fields.pickup_window.push(slotWords(reason));
      reject(errors);
    } else if (reason.code === "terms_changed") {
      const errors = noErrors();
      errors.fields.terms_version.push("Our terms have changed meanwhile. Read them again, and tick that you accept them.");
      reject(errors);
    } else if (reason.code === "validation_error" && reason.details.length > 0) {
      reject(sortErrors(reason.details, draft, catalog));
      if (reason.details.some((detail) => /^items\[\d+\]\.type/.test(detail))) await onCatalogChanged();
    } else {
      setError(reason);
    }
  };

  const submit = async (draft: BookingDraft, catalog: Catalog, quote: Quote | null): Promise<void> => {
    if (isRunning.current) return;
    setError(null);
    setRejectedQuote(null);
    const local = draftErrors(draft, catalog);
    reject(local);
    if (countErrors(local) > 0) return;
    isRunning.current = true;
    setSending(true);
    try {
      if (!(await signInFirst(draft.customer_name.trim(), draft.email.trim()))) return;
      const sent = await sendWithPhotos(draft, catalog, quote);
      if (sent) finish(draft, sent.answer.booking_id, sent.isOfEarlier);
    } catch (reason) {
      await rejected(asApiError(reason), draft, catalog, quote);
    } finally {
      isRunning.current = false;
      setSending(false);
    }
  };

  return { isSending, errors, error, rejected_quote: rejectedQuote, rejections, reject, forgetErrors, submit };
}
