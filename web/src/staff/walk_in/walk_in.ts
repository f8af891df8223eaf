import type { Booking, NewBooking } from "../../api/booking";
import type { Catalog, Quote } from "../../api/catalog";
import { addressRequest, bookingRequest, newDraft, type BookingDraft } from "../../book/booking_draft";

export type PickupMethod = Booking["pickup_method"];

/** What staff fill in for somebody, in this page's memory alone. */
export interface WalkIn {
  draft: BookingDraft;
  pickup_method: PickupMethod;
  /** True where it is booked whatever the calendar says. */
  override: boolean;
}

/** `today`: the date in South Africa. */
export function newWalkIn(today: string): WalkIn {
  return { draft: { ...newDraft(), pickup_date: today, remember: false }, pickup_method: "brought", override: false };
}

/** What is brought needs no address and no window, and who can be called no e-mail. */
export function walkInRequest({ draft, pickup_method, override }: WalkIn, catalog: Catalog, shown: Quote | null) {
  const { email, address: _, residence_id: __, room: ___, pickup_window, ...rest } = bookingRequest(draft, catalog, shown);
  return {
    ...rest,
    pickup_method,
    ...(email.trim() && { email }),
    ...(pickup_method === "collect" && { ...addressRequest(draft), pickup_window, ...(override && { override }) }),
  } satisfies NewBooking;
}
