-- What the post of a question shows, and what became of a decision. Times are milliseconds since 1970-01-01 UTC.
ALTER TABLE questions ADD COLUMN photos INTEGER NOT NULL DEFAULT 1;  -- in how many photos the face was found, when it was last counted
ALTER TABLE questions ADD COLUMN update_at BIGINT;              -- the next change of the post is on its way and will be made then
ALTER TABLE questions ADD COLUMN decided_at BIGINT;             -- decided: since when
ALTER TABLE questions ADD COLUMN finalized_at BIGINT;           -- decided: when its faces got the name; null: not yet, or there is none to give
ALTER TABLE questions ADD COLUMN trained_at BIGINT;             -- decided: when its faces were taught or refused; null: not yet
CREATE INDEX questions_by_person ON questions (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX questions_by_about ON questions (about_id) WHERE about_id IS NOT NULL;
CREATE INDEX questions_by_group ON questions (group_id);
