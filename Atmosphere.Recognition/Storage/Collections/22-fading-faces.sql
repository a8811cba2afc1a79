-- Children change: a learned face counts less the older it is, and the guardian is asked for a new photo.

ALTER TABLE collection_faces ADD COLUMN learned_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE persons ADD COLUMN photos_wanted_at BIGINT; -- when the owner was last asked for new photos
UPDATE collection_faces SET learned_at = COALESCE((SELECT p.created_at FROM persons p WHERE p.id = user_id), 0);
