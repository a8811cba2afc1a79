-- What leaves to WhatsApp. Times are milliseconds since 1970-01-01 UTC.
ALTER TABLE participants ADD COLUMN closed_at BIGINT;           -- when the channel last said that it takes no free words for them; until they write again

ALTER TABLE media_distributions ADD COLUMN held_at BIGINT;      -- pending: it waits until the parent writes; null: it is on its way

ALTER TABLE replies ADD COLUMN vendor_id TEXT;                  -- the channel's id of the message
ALTER TABLE replies ADD COLUMN undelivered_id TEXT;             -- that of an attempt that did not arrive: what is reported of it counts no more
ALTER TABLE replies ADD COLUMN sending_at BIGINT;               -- when the call began
ALTER TABLE replies ADD COLUMN held_at BIGINT;                  -- waiting: it waits until the person writes
ALTER TABLE replies ADD COLUMN template INTEGER NOT NULL DEFAULT 0;  -- 1: a template stood for the words
ALTER TABLE replies ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;  -- how often the channel took it and did not deliver it
CREATE INDEX replies_by_vendor ON replies (vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX replies_by_conversation ON replies (conversation_id, created_at);

ALTER TABLE conversations ADD COLUMN offered TEXT;              -- JSON: the buttons of the last question, which a number may answer
