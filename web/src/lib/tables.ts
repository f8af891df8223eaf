// Written from src/domain by HSS_WRITE_TABLES=1 hss_tests "the page's tables*".

/** In the order of the lifecycle, the two ways out last. */
export const statuses = ["submitted", "approved", "paid", "collected", "in_storage", "returned", "declined", "cancelled"] as const;

/** The steps that a person may ask for; only a payment makes a booking paid. */
export const steps = {
  submitted: ["approved", "declined", "cancelled"],
  approved: ["submitted", "declined", "cancelled"],
  paid: ["collected"],
  collected: ["in_storage"],
  in_storage: ["returned"],
} as const;

/** The steps that take back a mistake of the same day. */
export const corrections = {
  collected: ["paid"],
  in_storage: ["collected"],
  returned: ["in_storage"],
} as const;

/** The events that leave the house. */
export const publishedEventTypes = [
  "booking_submitted",
  "status_updated",
  "payment_captured",
  "notification",
  "booking_changed",
  "failed_trip",
  "failed_trip_undone",
  "booking_claimed",
] as const;
