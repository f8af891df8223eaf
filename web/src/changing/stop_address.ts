import type { Booking, BookingChange } from "../api/booking";
import type { StopAddress } from "../book/stop_address_fields";
import type { Changing } from "./change_form";

/** As the form has it. A residence that is no longer there has the name with which its address begins. */
function stopAddress(address: string, residenceId: string | null, room: string | null): StopAddress {
  const name = address.split(",")[0] ?? "";
  return residenceId
    ? { address: "", residence_id: residenceId, residence_name: name, room: room ?? "" }
    : { address, residence_id: "", residence_name: "", room: "" };
}

export function pickupAddress({ address, residence_id, room }: Booking): StopAddress {
  return stopAddress(address, residence_id, room);
}

export function pickupAddressChange({ address, residence_id, room }: StopAddress): BookingChange {
  return residence_id ? { residence_id, room } : { address };
}

/** Where the things go back to: where they were collected, unless another address was asked for. */
export function returnAddress(booking: Booking): StopAddress {
  const { return_address, return_residence_id, return_room } = booking;
  return return_address ? stopAddress(return_address, return_residence_id, return_room) : pickupAddress(booking);
}

/** What asks for the return to be there; an empty address is where the things were collected. */
export function returnAddressChange({ address, residence_id, room }: StopAddress, booking: Booking): BookingChange {
  const pickup = pickupAddress(booking);
  const isSame = residence_id ? room === pickup.room : address === pickup.address;
  if (isSame && residence_id === pickup.residence_id) return { return_address: "" };
  return residence_id ? { return_residence_id: residence_id, return_room: room } : { return_address: address };
}

/** The errors of the three fields; `prefix` begins their names in the API. */
export function addressErrors({ errorsOf }: Changing, prefix: "" | "return_" = "") {
  return { address: errorsOf(`${prefix}address`), residence_id: errorsOf(`${prefix}residence_id`), room: errorsOf(`${prefix}room`) };
}
