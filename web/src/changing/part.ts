/** What changes a booking, fetched once a page of one that can be changed is open. */
export { ChangeBooking } from "./change_booking";
