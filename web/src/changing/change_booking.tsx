import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Booking, BookingItem } from "../api/booking";
import { Button } from "../controls/button";
import { ChangeContact } from "./change_contact";
import { ChangeItems } from "./change_items";
import { ChangeLength } from "./change_length";
import { ChangePickup } from "./change_pickup";
import { ChangeReturn } from "./change_return";
import { offeredChanges, type ChangeKind } from "./offered_changes";

export interface ChangeProps {
  booking: Booking;
  /** Null where they are not at hand. */
  items: readonly BookingItem[] | null;
  /** Staff may also choose what the calendar does not have. */
  isStaff: boolean;
  onChanged: () => void;
  onClose: () => void;
}

const dialogs: Record<ChangeKind, (props: ChangeProps) => JSX.Element> = {
  pickup: ChangePickup,
  items: ChangeItems,
  length: ChangeLength,
  return: ChangeReturn,
  contact: ChangeContact,
};

function labelOf(kind: ChangeKind, booking: Booking, isStaff: boolean): string {
  switch (kind) {
    case "pickup":
      if (booking.pickup_method === "brought") return "Change the day";
      return booking.needs_new_date ? "Choose another day" : "Change day, time or address";
    case "items":
      return "Add or remove items";
    case "length":
      return "Store for longer or shorter";
    case "return":
      if (booking.return_date) return booking.needs_new_date ? "Choose another day" : "Change the return";
      return isStaff ? "Plan the return" : "Ask for your things back";
    case "contact":
      return "Change telephone and notes";
  }
}

/** Offers what can be changed of a booking now; nothing where nothing can. */
export function ChangeBooking({ booking, items, isStaff, onChanged }: Omit<ChangeProps, "onClose">) {
  const [open, setOpen] = useState<ChangeKind | null>(null);
  const offered = offeredChanges(booking, isStaff).filter((kind) => kind !== "items" || items);
  if (offered.length === 0) return null;
  const Dialog = open && dialogs[open];
  return (
    <section class="card screen-only" aria-labelledby="change-title">
      <h2 id="change-title">Change this booking</h2>
      <div class="actions">
        {offered.map((kind) => (
          <Button key={kind} onPress={() => setOpen(kind)}>
            {labelOf(kind, booking, isStaff)}
          </Button>
        ))}
      </div>
      {Dialog && (
        <Dialog
          booking={booking}
          items={items}
          isStaff={isStaff}
          onChanged={() => {
            setOpen(null);
            onChanged();
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}
