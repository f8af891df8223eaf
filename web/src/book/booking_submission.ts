import { useRef, useState } from "preact/hooks";
import { asApiError, type ApiError } from "../api/client";
import { createBooking } from "../api/booking";
import type { Catalog, Quote } from "../api/catalog";
import { attemptKey, endAttempt } from "../attempt";
import { bookingPath, navigate } from "../route";
import { tomorrow } from "../time";
import { bookingRequest, draftItems, dropDraft, type BookingDraft } from "./booking_draft";
import { noFaults, sortFaults, type FaultField, type Faults } from "./faults";

const attemptScope = "booking";

export interface Submission {
  isSending: boolean;
  faults: Faults;
  /** A refusal or failure that no field explains. */
  error: ApiError | null;
  /** The price shown when the server refused it, so that both can be told. */
  refused_quote: Quote | null;
  /** Counts the refusals, so that each can draw the eye anew. */
  refusals: number;
  /** Takes away what was said of a field, once the customer has changed it. */
  forgetFaults(field: FaultField): void;
  submit(draft: BookingDraft, catalog: Catalog, quote: Quote | null): Promise<void>;
}

/** Sends the booking. However often it is called, the same draft makes one booking. */
export function useSubmission(onPriceChanged: () => Promise<void>): Submission {
  const [isSending, setSending] = useState(false);
  const [faults, setFaults] = useState<Faults>(noFaults);
  const [error, setError] = useState<ApiError | null>(null);
  const [refusedQuote, setRefusedQuote] = useState<Quote | null>(null);
  const [refusals, setRefusals] = useState(0);
  // State arrives with the next render; a double click comes before it.
  const isRunning = useRef(false);

  const showFaults = (found: Faults) => {
    setFaults(found);
    setRefusals((count) => count + 1);
  };

  const forgetFaults = (field: FaultField) => {
    if (field === "items" || field === "duration") setRefusedQuote(null);
    setFaults((now) => ({
      ...now,
      fields: { ...now.fields, [field]: [] },
      other_names: field === "items" ? {} : now.other_names,
    }));
  };

  const refused = async (reason: ApiError, draft: BookingDraft, catalog: Catalog, quote: Quote | null) => {
    if (reason.isFinal) endAttempt(attemptScope);
    if (reason.code === "price_changed") {
      setRefusedQuote(quote);
      await onPriceChanged();
    } else if (reason.code === "validation_error" && reason.details.length > 0) {
      const othersFrom = draftItems(draft, catalog).findIndex((item) => item.type === "other");
      showFaults(sortFaults(reason.details, othersFrom < 0 ? Infinity : othersFrom));
    } else {
      setError(reason);
    }
  };

  const submit = async (draft: BookingDraft, catalog: Catalog, quote: Quote | null): Promise<void> => {
    if (isRunning.current) return;
    setError(null);
    setRefusedQuote(null);
    const local = noFaults();
    // The server takes back-dated bookings, which staff enter; a customer's pickup lies ahead.
    if (draft.pickup_date && draft.pickup_date < tomorrow()) {
      local.fields.pickup_date.push("pickup_date must be tomorrow or later");
      showFaults(local);
      return;
    }
    setFaults(local);
    isRunning.current = true;
    setSending(true);
    try {
      const request = bookingRequest(draft, catalog, quote);
      const { booking_id } = await createBooking(request, attemptKey(attemptScope, request));
      endAttempt(attemptScope);
      dropDraft();
      navigate(bookingPath(booking_id));
    } catch (reason) {
      await refused(asApiError(reason), draft, catalog, quote);
    } finally {
      isRunning.current = false;
      setSending(false);
    }
  };

  return { isSending, faults, error, refused_quote: refusedQuote, refusals, forgetFaults, submit };
}
