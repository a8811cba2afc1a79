-- What reaches people who opted out, and the search for what a channel has. Times are milliseconds since 1970-01-01 UTC.
ALTER TABLE replies ADD COLUMN asked_for INTEGER NOT NULL DEFAULT 0;  -- 1: they asked for just this, and get it even after they opted out
CREATE INDEX replies_by_undelivered ON replies (undelivered_id) WHERE undelivered_id IS NOT NULL;
