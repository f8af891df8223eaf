import type { Catalog } from "../api/catalog";
import { ErrorList, Field } from "../controls/field";
import { Stepper } from "../controls/stepper";
import { maxItems, type BookingDraft } from "./booking_draft";
import { ItemCard } from "./item_card";
import type { ValidationErrors } from "./validation_errors";

export interface StepFields {
  catalog: Catalog;
  draft: BookingDraft;
  errors: ValidationErrors;
  onChange: (changes: Partial<BookingDraft>) => void;
}

interface ItemsStepProps extends StepFields {
  /** Changes the photos of an item, by its `itemKey`. */
  onPhotos: (key: string, change: (ids: readonly string[]) => string[]) => void;
}

/** Step 1: what is stored, and for how long. */
export function ItemsStep({ catalog, draft, errors, onChange, onPhotos }: ItemsStepProps) {
  const own = errors.fields.items;
  const counted = catalog.items.reduce((sum, { type }) => sum + (draft.quantities[type] ?? 0), 0);
  return (
    <>
      <fieldset class={`bare ${own.length > 0 ? "has-faults" : ""}`} aria-describedby={own.length > 0 ? "items-faults" : undefined}>
        <legend class="visually-hidden">What shall we store?</legend>
        <ErrorList id="items-faults" errors={own} />
        <ul class="item-cards">
          {catalog.items.map((item) => {
            const quantity = draft.quantities[item.type] ?? 0;
            return (
              <ItemCard
                key={item.type}
                item={item}
                quantity={quantity}
                max={quantity + maxItems - counted}
                descriptions={draft.descriptions[item.type] ?? []}
                errors={errors.item_names}
                photos={catalog.photo_uploads ? draft.photos : null}
                remember={draft.remember}
                onPhotos={onPhotos}
                onQuantity={(wanted) => onChange({ quantities: { ...draft.quantities, [item.type]: wanted } })}
                onDescriptions={(list) => onChange({ descriptions: { ...draft.descriptions, [item.type]: list } })}
              />
            );
          })}
        </ul>
      </fieldset>
      <section class="card duration" aria-labelledby="duration-title">
        <h2 id="duration-title">For how long?</h2>
        <Field
          id="duration"
          label="Months in storage"
          hint={`${catalog.min_months} to ${catalog.max_months}, from the day of pickup`}
          errors={errors.fields.duration}
        >
          {(control) => (
            <Stepper
              control={control}
              label="Months"
              value={draft.duration_months}
              min={catalog.min_months}
              max={catalog.max_months}
              onChange={(months) => onChange({ duration_months: months })}
            />
          )}
        </Field>
      </section>
    </>
  );
}
