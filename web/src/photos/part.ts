/** What customers' pages load once they show photos, and staff's pages have from the start. */
export { BookingPhotos } from "./booking_photos";
export { forgetPhotos, forgetUploads, persistPhotos, sendPhotos } from "./draft_photos";
export { ItemPhotos } from "./item_photos";
export { SendingPhotos } from "./sending_photos";
