-- Brings the tables of version 3 to 4.

-- A ticket ends by the server's clock, so that no instance whose own clock is wrong ends another's. Those that wait are
-- asked for again.
DELETE FROM stream_tickets;
ALTER TABLE stream_tickets
  ALTER COLUMN expires_at TYPE timestamp with time zone USING CAST(expires_at AS timestamp with time zone);
