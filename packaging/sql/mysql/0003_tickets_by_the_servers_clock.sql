-- Brings the tables of version 2 to 3.

-- A ticket ends by the server's clock, so that no instance whose own clock is wrong ends another's. Those that wait are
-- asked for again.
DELETE FROM stream_tickets;
ALTER TABLE stream_tickets MODIFY expires_at datetime(6) NOT NULL;
