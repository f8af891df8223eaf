import { useState } from "preact/hooks";
import { randomKey, sendOnce } from "../../api/attempt";
import { createBooking } from "../../api/booking";
import type { Catalog } from "../../api/catalog";
import { asApiError } from "../../api/error";
import { navigate, staffBookingPath } from "../../app/route";
import { Agreement } from "../../book/agreement";
import { draftItems, type BookingDraft } from "../../book/booking_draft";
import { ItemsStep } from "../../book/items_step";
import { PriceSummary } from "../../book/price_summary";
import { computeQuote, useConfirmation } from "../../book/quote";
import { sortErrors } from "../../book/validation_errors";
import { OverrideField, WhenFields } from "../../changing/when_fields";
import { Button } from "../../controls/button";
import { ErrorList } from "../../controls/field";
import { FormFrame } from "../../controls/form";
import { RejectionNotice } from "../../controls/notice";
import { useSending } from "../../controls/sending";
import { today } from "../../lib/time";
import { newWalkIn, walkInRequest, type PickupMethod, type WalkIn } from "./walk_in";
import { WalkInContact } from "./walk_in_contact";

const methods: readonly { method: PickupMethod; label: string }[] = [
  { method: "brought", label: "They bring it to the store" },
  { method: "collect", label: "We collect it" },
];

/** Fields that show their own errors. */
const shownFields = [
  "customer_name",
  "email",
  "phone",
  "whatsapp",
  "address",
  "residence_id",
  "room",
  "access_notes",
  "pickup_date",
  "pickup_window",
];

interface WalkInFormProps {
  catalog: Catalog;
  reloadCatalog: () => Promise<void>;
}

export function WalkInForm({ catalog, reloadCatalog }: WalkInFormProps) {
  const [walkIn, setWalkIn] = useState<WalkIn>(() => newWalkIn(today()));
  // Each form is for somebody else, and is sent once.
  const [scope] = useState(() => `walk-in-${randomKey()}`);
  const sending = useSending();
  const { draft, pickup_method, override } = walkIn;
  const types = draftItems(draft, catalog).map(({ type }) => type);
  const quote = computeQuote(catalog, types, draft.duration_months);
  const confirmation = useConfirmation(types, quote);
  const errors = sortErrors(sending.error?.details ?? [], draft, catalog);
  const rest = sending.restOf([...shownFields, "items", "pricing.duration"]);
  const isBrought = pickup_method === "brought";
  const change = (changes: Partial<BookingDraft>) => setWalkIn((now) => ({ ...now, draft: { ...now.draft, ...changes } }));

  const book = () =>
    sending.run(async () => {
      try {
        const { answer } = await sendOnce(scope, walkInRequest(walkIn, catalog, quote), createBooking);
        navigate(staffBookingPath(answer.booking_id));
      } catch (error) {
        if (asApiError(error).code === "price_changed") await reloadCatalog();
        throw error;
      }
    });

  return (
    <FormFrame class="staff-booking" error={sending.error} onSubmit={() => void book()}>
      <div class="staff-booking-column">
        <WalkInContact draft={draft} errors={errors} isBrought={isBrought} onChange={change} />
        {/* Photos are taken on the booking's own page. */}
        <ItemsStep
          catalog={{ ...catalog, photo_uploads: false }}
          draft={draft}
          errors={errors}
          onChange={change}
          onPhotos={() => undefined}
        />
      </div>
      <div class="staff-booking-column">
        <section class="card" aria-labelledby="walk-in-when">
          <h2 id="walk-in-when">How and when</h2>
          <div class="choices" role="radiogroup" aria-label="How">
            {methods.map(({ method, label }) => (
              <label key={method} class="choice">
                <input
                  type="radio"
                  name="pickup_method"
                  checked={pickup_method === method}
                  onChange={() => setWalkIn((now) => ({ ...now, pickup_method: method }))}
                />
                <span>{label}</span>
              </label>
            ))}
          </div>
          <ErrorList id="walk-in-when-faults" errors={[...errors.fields.pickup_date, ...errors.fields.pickup_window]} />
          <WhenFields
            kind="pickup"
            value={{ date: draft.pickup_date, window: draft.pickup_window }}
            min={today()}
            hasWindow={!isBrought}
            isFree={isBrought || override}
            onChange={({ date, window }) => change({ pickup_date: date, pickup_window: window })}
          />
          {!isBrought && <OverrideField value={override} onChange={(value) => setWalkIn((now) => ({ ...now, override: value }))} />}
        </section>
        <Agreement draft={draft} errors={errors} isStaff onChange={change} />
        <PriceSummary catalog={catalog} draft={draft} quote={quote} confirmation={confirmation} />
        {rest && (
          <RejectionNotice title="Not booked" error={rest} advice="Press the button again: however often you do, it is booked once." />
        )}
        <div class="actions">
          <Button kind="primary" type="submit" busy={sending.isBusy}>
            {sending.isBusy ? "Booking…" : "Book"}
          </Button>
        </div>
      </div>
    </FormFrame>
  );
}
