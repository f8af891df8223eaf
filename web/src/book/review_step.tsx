import type { ComponentChildren } from "preact";
import { bookStepPaths } from "../app/route";
import { ItemList } from "../booking/item_list";
import { counted } from "../lib/count";
import { formatDay } from "../lib/time";
import { Agreement } from "./agreement";
import { draftItems, type BookingDraft } from "./booking_draft";
import type { StepFields } from "./items_step";

function addressWords({ address, residence_id, residence_name, room }: BookingDraft): string {
  if (!residence_id) return address.trim();
  return room.trim() ? `${residence_name}, room ${room.trim()}` : residence_name;
}

/** Step 3: everything at a glance. */
export function ReviewStep({ catalog, draft, errors, onChange }: StepFields) {
  const items = draftItems(draft, catalog);
  return (
    <>
      <Part id="review-items" title={counted(items.length, "item")} editing="items" what="items">
        <ItemList
          items={items.map(({ type, label, icon, name }) => ({ item_type: type, item_label: label, icon, item_name: name ?? null }))}
        />
        <p class="hint">In storage for {counted(draft.duration_months, "month")}</p>
      </Part>
      <Part id="review-pickup" title="Pickup" editing="schedule" what="pickup">
        <dl class="facts">
          <dt>Date</dt>
          <dd>{formatDay(draft.pickup_date)}</dd>
          <dt>Time</dt>
          <dd>{draft.pickup_window}</dd>
          <dt>Address</dt>
          <dd>{addressWords(draft)}</dd>
        </dl>
      </Part>
      <Part id="review-details" title="Your details" editing="schedule" what="your details">
        <dl class="facts">
          <dt>Name</dt>
          <dd>{draft.customer_name.trim()}</dd>
          <dt>E-mail</dt>
          <dd>{draft.email.trim()}</dd>
        </dl>
      </Part>
      <section class="card" aria-labelledby="what-next">
        <h2 id="what-next">What happens next</h2>
        <ol class="what-next">
          <li>Our staff look at your request and approve it, or tell you why they cannot.</li>
          <li>Once it is approved, you pay on the booking’s page. Until you pay, you can cancel.</li>
          <li>We collect your things at the time you chose.</li>
        </ol>
      </section>
      <Agreement draft={draft} errors={errors} onChange={onChange} />
    </>
  );
}

interface PartProps {
  id: string;
  title: string;
  editing: "items" | "schedule";
  what: string;
  children: ComponentChildren;
}

function Part({ id, title, editing, what, children }: PartProps) {
  return (
    <section class="card" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{title}</h2>
        <a class="text-link screen-only" href={bookStepPaths[editing]}>
          Edit<span class="visually-hidden"> {what}</span>
        </a>
      </div>
      {children}
    </section>
  );
}
