-- What the program may do, as DB_USER, from any host: `hss migrate` grants it, and `hss migrate --print` writes it.
-- This is the wall behind the program: bookings are not deleted and keep what was agreed, the audit trail and payments
-- are only added to. Another user may change the tables, as whom only `hss migrate` and `hss copy` sign in.
GRANT SELECT, UPDATE ON head TO :"user"@'%';
GRANT SELECT, UPDATE ON bookings_taken_in TO :"user"@'%';
GRANT SELECT, UPDATE ON moved_to TO :"user"@'%';
GRANT SELECT, UPDATE ON bookings_indexed TO :"user"@'%';
GRANT SELECT, UPDATE ON business TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON writers TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON one_time_links TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON pin_failures TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON device_marks TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON token_keys TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox_targets TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON deliveries TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON remembered_answers TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON stream_tickets TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE, DELETE ON uploads TO :"user"@'%';
GRANT SELECT ON catalog_items TO :"user"@'%';
GRANT SELECT ON catalog_fees TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE ON accounts TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE ON status_totals TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE ON payment_totals TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE ON week_totals TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE ON item_totals TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE ON duration_totals TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE ON rights_revision TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE ON calendar TO :"user"@'%';
GRANT SELECT, INSERT, UPDATE ON places TO :"user"@'%';
GRANT SELECT, INSERT ON bookings TO :"user"@'%';
GRANT SELECT, INSERT ON payments TO :"user"@'%';
GRANT SELECT, INSERT ON notifications TO :"user"@'%';
GRANT SELECT, INSERT ON audit_events TO :"user"@'%';
GRANT SELECT, INSERT ON booking_words TO :"user"@'%';
GRANT SELECT, INSERT ON business_terms TO :"user"@'%';
GRANT UPDATE (status, updated_at) ON bookings TO :"user"@'%';
