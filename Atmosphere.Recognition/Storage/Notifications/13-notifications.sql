-- What operators should know. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- Each thing once a photo.
CREATE TABLE notifications (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,             -- see NotificationKind
    photo_id TEXT NOT NULL,         -- or what stands in its place
    text TEXT NOT NULL,             -- a sentence without personal data
    created_at BIGINT NOT NULL,
    UNIQUE (photo_id, kind)
);
CREATE INDEX notifications_by_time ON notifications (created_at);
