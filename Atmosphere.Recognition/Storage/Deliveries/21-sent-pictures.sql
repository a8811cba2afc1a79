-- Which pictures a participant has got in a group: posted again, they are not sent again. Outlives the photo. Times are milliseconds since
-- 1970-01-01 UTC.
CREATE TABLE sent_pictures (
    participant_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    picture_hash TEXT NOT NULL,     -- hexadecimal HMAC-SHA256 of its perceptual hash and size with the data key
    sent_at BIGINT NOT NULL,
    known_until BIGINT NOT NULL,    -- so long it is not sent again
    PRIMARY KEY (participant_id, group_id, picture_hash)
);
CREATE INDEX sent_pictures_by_group ON sent_pictures (group_id);
CREATE INDEX sent_pictures_by_time ON sent_pictures (known_until);
