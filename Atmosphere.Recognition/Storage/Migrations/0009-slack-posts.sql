-- Which faces colleagues on Slack were shown: each once. Times are milliseconds since 1970-01-01 UTC.
CREATE TABLE slack_posts (
    face_id TEXT PRIMARY KEY,
    photo_id TEXT NOT NULL,
    state TEXT NOT NULL,            -- sending, posted, unknown (nobody can tell whether it is posted; an operator decides)
    file_id TEXT NOT NULL,          -- Slack's id of the picture; known before it is posted, so that Slack can be asked for it
    channel TEXT,
    ts TEXT,                        -- Slack's id of the message; null where Slack did not tell at once
    began_at BIGINT NOT NULL,
    posted_at BIGINT
);
CREATE INDEX slack_posts_by_photo ON slack_posts (photo_id);
