import { BookingPage } from "./booking_page";

export function ReceiptPage({ id }: { id: string }) {
  return <BookingPage id={id} />;
}
