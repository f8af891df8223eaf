import { useEffect, useState } from "preact/hooks";
import type { Booking, BookingItem } from "../api/booking";
import { fetchCatalog, type Catalog, type CatalogItem } from "../api/catalog";
import { Button } from "../controls/button";
import { ErrorList } from "../controls/field";
import { Icon, itemIcon } from "../controls/icon";
import { Loading } from "../controls/loading";
import { ErrorNotice } from "../controls/notice";
import { Stepper } from "../controls/stepper";
import { InputField } from "../controls/text_field";
import { counted } from "../lib/count";
import { formatRand } from "../lib/money";
import { useQuery } from "../live/query";
import type { ChangeProps } from "./change_booking";
import { ChangeForm, useChanging } from "./change_form";
import {
  maxItems,
  nameOf,
  newItems,
  stayingItems,
  totalAfter,
  unchangedItems,
  wantedItems,
  withNumber,
  type ItemsDraft,
} from "./items_draft";

/** Other items before the payment, with what they cost. */
export function ChangeItems({ booking, items, isStaff, onChanged, onClose }: ChangeProps) {
  const changing = useChanging(booking, onChanged);
  // What others change meanwhile is not mixed with what is chosen here.
  const [seen] = useState(items ?? []);
  const [draft, setDraft] = useState(unchangedItems);
  const [isEmpty, setEmpty] = useState(false);
  const { data: catalog, error, refresh } = useQuery(fetchCatalog, []);
  const hasOtherPrices = changing.error?.code === "price_changed";
  useEffect(() => {
    if (hasOtherPrices) void refresh();
  }, [hasOtherPrices]);
  const total = catalog ? totalAfter(booking, seen, draft, catalog) : booking.total;
  const isOtherPrice = total !== booking.total;
  const save = () => {
    if (!catalog) return;
    const wanted = wantedItems(seen, draft, catalog);
    setEmpty(wanted.length === 0);
    if (wanted.length > 0) changing.save({ items: wanted, expected_total: total });
  };
  return (
    <ChangeForm
      title="What do we store?"
      changing={changing}
      submit={isOtherPrice ? `Confirm ${formatRand(total)}` : "Save"}
      onSubmit={save}
      onClose={onClose}
    >
      <StayingItems items={seen} draft={draft} onChange={setDraft} />
      {catalog ? (
        <NewItems catalog={catalog} items={seen} draft={draft} onChange={setDraft} />
      ) : error ? (
        <ErrorNotice title="The prices could not be loaded" error={error} onRetry={() => void refresh()} />
      ) : (
        <Loading label="Loading the prices" lines={4} />
      )}
      {isEmpty && <ErrorList id="changed-items-errors" errors={["Keep at least one item, or cancel the booking."]} />}
      <ChangedPrice booking={booking} total={total} />
      {!isStaff && booking.status === "approved" && <p class="hint">Our staff may look at the booking again before you pay.</p>}
    </ChangeForm>
  );
}

interface DraftProps {
  items: readonly BookingItem[];
  draft: ItemsDraft;
  onChange: (draft: ItemsDraft) => void;
}

/** What the booking has: each can be called otherwise, or go. */
function StayingItems({ items, draft, onChange }: DraftProps) {
  const { removed, names } = draft;
  return (
    <ul class="item-cards" aria-label="Items of this booking">
      {items.map((item, index) => {
        const { id, item_label, icon, monthly_price } = item;
        const isRemoved = removed.includes(id);
        const subject = `${item_label} ${index + 1}`;
        return (
          <li key={id} class="item-card">
            <div class="item-row">
              <ItemWords label={item_label} icon={icon} price={monthly_price} isRemoved={isRemoved} />
              <Button
                kind="quiet"
                label={isRemoved ? `Keep ${subject}` : `Remove ${subject}`}
                onPress={() => onChange({ ...draft, removed: isRemoved ? removed.filter((one) => one !== id) : [...removed, id] })}
              >
                {isRemoved ? "Keep it" : "Remove"}
              </Button>
            </div>
            {!isRemoved && (
              <div class="item-fields">
                <InputField
                  id={`changed-item-${id}`}
                  label={`Description of ${subject}`}
                  autocomplete="off"
                  maxLength={80}
                  value={nameOf(item, draft)}
                  onInput={(name) => onChange({ ...draft, names: { ...names, [id]: name } })}
                />
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function NewItems({ catalog, items, draft, onChange }: DraftProps & { catalog: Catalog }) {
  const count = stayingItems(items, draft).length + newItems(draft, catalog).length;
  return (
    <fieldset class="bare">
      <legend>Add</legend>
      <ul class="item-cards">
        {catalog.items.map((item) => (
          <NewItemsOfType key={item.type} item={item} draft={draft} room={maxItems - count} onChange={onChange} />
        ))}
      </ul>
    </fieldset>
  );
}

interface NewItemsOfTypeProps extends Omit<DraftProps, "items"> {
  item: CatalogItem;
  /** How many more the booking takes. */
  room: number;
}

function NewItemsOfType({ item: { type, label, icon, monthly_price }, draft, room, onChange }: NewItemsOfTypeProps) {
  const names = draft.added[type] ?? [];
  const rename = (index: number, name: string) =>
    onChange({ ...draft, added: { ...draft.added, [type]: names.map((one, other) => (other === index ? name : one)) } });
  return (
    <li class={`item-card ${names.length > 0 ? "item-card-chosen" : ""}`}>
      <div class="item-row">
        <ItemWords label={label} icon={icon} price={monthly_price} />
        <Stepper
          label={`New: ${label}`}
          value={names.length}
          min={0}
          max={names.length + Math.max(0, room)}
          onChange={(quantity) => onChange(withNumber(draft, type, quantity))}
        />
      </div>
      {names.length > 0 && (
        <div class="item-fields">
          {names.map((name, index) => (
            <InputField
              key={index}
              id={`new-item-${type}-${index}`}
              label={`Description of new ${label} ${index + 1}`}
              autocomplete="off"
              maxLength={80}
              value={name}
              onInput={(text) => rename(index, text)}
            />
          ))}
        </div>
      )}
    </li>
  );
}

interface ItemWordsProps {
  label: string;
  icon: string;
  price: number;
  isRemoved?: boolean;
}

function ItemWords({ label, icon, price, isRemoved = false }: ItemWordsProps) {
  return (
    <>
      <span class="item-picture">
        <Icon name={itemIcon(icon)} />
      </span>
      <span class="item-words">
        <strong>{isRemoved ? <s>{label}</s> : label}</strong>
        <span class="hint">{formatRand(price)} a month</span>
      </span>
    </>
  );
}

/** What it costs in all, and has cost until now. */
function ChangedPrice({ booking, total }: { booking: Booking; total: number }) {
  return (
    <dl class="lines" aria-live="polite">
      <div>
        <dt>Until now</dt>
        <dd>{formatRand(booking.total)}</dd>
      </div>
      <div class="line-sum">
        <dt>From now on, for {counted(booking.duration_months, "month")}</dt>
        <dd>
          <strong>{formatRand(total)}</strong>
        </dd>
      </div>
    </dl>
  );
}
