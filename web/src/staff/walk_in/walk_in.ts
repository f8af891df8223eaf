import type { Booking, NewBooking } from "../../api/booking";
import type { Catalog, Quote } from "../../api/catalog";
import { bookingRequest, newDraft, type BookingDraft } from "../../book/booking_draft";
import type { StopAddress } from "../../book/stop_address_fields";

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
  const { email, address, residence_id, room, pickup_window, ...rest } = bookingRequest(draft, catalog, shown);
  const where: Partial<Pick<StopAddress, "address" | "residence_id" | "room">> = residence_id
    ? { residence_id, ...(room && { room }) }
    : { address: address ?? "" };
  return {
    ...rest,
    pickup_method,
    ...(email.trim() && { email }),
    ...(pickup_method === "collect" && { ...where, pickup_window, ...(override && { override }) }),
  } satisfies NewBooking;
}
