import { useEffect, useState } from "preact/hooks";
import type { CatalogItem } from "../api/catalog";
import { Icon, itemIcon } from "../controls/icon";
import { Stepper } from "../controls/stepper";
import { InputField } from "../controls/text_field";
import { formatRand } from "../lib/money";
import { useModule } from "../lib/module";
import { ChoosePhotos } from "../photos/choose_photos";
import { itemKey } from "./booking_draft";

interface ItemCardProps {
  item: CatalogItem;
  quantity: number;
  max: number;
  descriptions: readonly string[];
  /** The errors by `itemKey`. */
  errors: Record<string, string[]>;
  /** The ids of the photos by `itemKey`; null where the server takes none. */
  photos: Record<string, string[]> | null;
  /** True where this device keeps the draft. */
  remember: boolean;
  onQuantity: (quantity: number) => void;
  onDescriptions: (descriptions: string[]) => void;
  onPhotos: (key: string, change: (ids: readonly string[]) => string[]) => void;
}

export function ItemCard({ max, onQuantity, ...details }: ItemCardProps) {
  const { item, quantity } = details;
  return (
    <li class={`item-card ${quantity > 0 ? "item-card-chosen" : ""}`}>
      <div class="item-row">
        <span class="item-picture">
          <Icon name={itemIcon(item.icon)} />
        </span>
        <span class="item-words">
          <strong>{item.label}</strong>
          <span class="hint">{formatRand(item.monthly_price)} a month</span>
        </span>
        <Stepper label={item.label} value={quantity} min={0} max={max} onChange={onQuantity} />
      </div>
      {quantity > 0 && <Details {...details} />}
    </li>
  );
}

/** Collapsed, so that many boxes do not fill a phone's screen; "other" needs a description, so it begins expanded. */
function Details({
  item,
  quantity,
  descriptions,
  errors,
  photos,
  remember,
  onDescriptions,
  onPhotos,
}: Omit<ItemCardProps, "max" | "onQuantity">) {
  const keys = Array.from({ length: quantity }, (_, index) => itemKey({ type: item.type, index }));
  const isInvalid = keys.some((key) => (errors[key]?.length ?? 0) > 0);
  const [isOpen, setOpen] = useState(item.type === "other" || isInvalid);
  useEffect(() => {
    if (isInvalid) setOpen(true);
  }, [isInvalid]);
  const part = useModule(() => import("../photos/part"), isOpen && photos !== null);
  const described = keys.filter((_, index) => descriptions[index]?.trim()).length;
  const describe = (index: number, text: string) =>
    onDescriptions(keys.map((_, other) => (other === index ? text : (descriptions[other] ?? ""))));
  return (
    <details class="item-descriptions" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        {quantity === 1 ? "Description" : "Descriptions"}
        {photos && " and photos"} <span class="hint">{described > 0 ? `${described} of ${quantity}` : "optional"}</span>
      </summary>
      <div class="item-fields">
        {keys.map((key, index) => (
          <div key={key}>
            <InputField
              id={`item-name-${key}`}
              label={`${item.label} ${index + 1}`}
              errors={errors[key]}
              autocomplete="off"
              placeholder="Colour, size, anything fragile"
              value={descriptions[index] ?? ""}
              onInput={(text) => describe(index, text)}
            />
            {photos &&
              (part ? (
                <part.ItemPhotos
                  subject={`${item.label} ${index + 1}`}
                  ids={photos[key] ?? []}
                  isStored={remember}
                  onChange={(change) => onPhotos(key, change)}
                />
              ) : (
                <PhotosRoom />
              ))}
          </div>
        ))}
      </div>
    </details>
  );
}

/** Keeps the place of an item's photos until their part of the script is there, so that nothing below moves then. */
function PhotosRoom() {
  return (
    <div class="item-photos photos-room screen-only" inert>
      <ChoosePhotos subject="" onChoose={() => undefined} />
    </div>
  );
}
