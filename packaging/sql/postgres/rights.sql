-- What the program may do, as DB_USER: psql -v user=hss -f rights.sql. `hss migrate` grants it, too.
-- This is the wall behind the program: bookings are not deleted and keep what was agreed, the audit trail and payments
-- are only added to. The tables belong to another user, as whom only `hss migrate` and `hss copy` sign in.
GRANT SELECT, UPDATE ON head, bookings_taken_in, bookings_indexed, moved_to, business TO :"user";
GRANT SELECT, INSERT, UPDATE, DELETE ON writers, sessions, one_time_links, pin_failures, device_marks, token_keys,
  outbox_targets, deliveries, webhooks, remembered_answers, stream_tickets, uploads, catalog_charges, claim_codes,
  claim_failures TO :"user";
GRANT SELECT, INSERT, DELETE ON residences TO :"user";
GRANT SELECT, UPDATE ON catalog_fees TO :"user";
GRANT SELECT, INSERT ON catalog_items TO :"user";
GRANT UPDATE (label, icon, monthly_price, position, offered) ON catalog_items TO :"user";
GRANT SELECT, INSERT, UPDATE ON accounts, status_totals, payment_totals, week_totals, item_totals, duration_totals,
  rights_revision, calendar, places TO :"user";
GRANT SELECT, INSERT ON bookings, payments, notifications, audit_events, booking_words, business_terms, booking_changes,
  failed_trips TO :"user";
GRANT UPDATE (status, updated_at, version, pickup_date, pickup_window, address, phone, whatsapp, access_notes, duration_months,
  monthly_subtotal, total, item_count, items, last_item_id, collected_on, due_on, return_date, return_window, return_address,
  return_method, failed_trips, needs_new_date, residence_id, room, return_residence_id, return_room,
  owner)
  ON bookings TO :"user";
GRANT UPDATE (undone_at) ON failed_trips TO :"user";
