import { BookingPage } from "../booking/booking_page";

export function StaffBookingPage({ id }: { id: string }) {
  return <BookingPage id={id} />;
}
