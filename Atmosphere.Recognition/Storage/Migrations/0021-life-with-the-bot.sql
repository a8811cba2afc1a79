-- Albums, bursts and questions about faces.
ALTER TABLE media_distributions ADD COLUMN album TEXT;                       -- null: goes out by itself; waiting: for the evening; else the id of its album
CREATE INDEX media_distributions_in_albums ON media_distributions (album, participant_id) WHERE album IS NOT NULL;
CREATE INDEX photos_of_a_group_by_time ON photos (group_id, received_at);    -- bursts, and photos that somebody forwards
ALTER TABLE slack_posts ADD COLUMN question TEXT NOT NULL DEFAULT 'unknown-face';  -- unknown-face, not-my-child, vote: what colleagues were asked
