-- Photos for participants. Times are milliseconds since 1970-01-01 UTC. Ids are text.

CREATE TABLE media_distributions (
    id TEXT PRIMARY KEY,
    photo_id TEXT NOT NULL REFERENCES photos (id),
    participant_id TEXT NOT NULL REFERENCES participants (id),
    state TEXT NOT NULL,            -- pending, sending, sent, delivered, read, failed, withheld, unknown
    media TEXT,                     -- the picture as sent: upright, without EXIF
    error TEXT,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    vendor_id TEXT,                 -- the channel's id of the message
    delivered_at BIGINT,
    read_at BIGINT,
    held_at BIGINT,                 -- pending: it waits until the parent writes; null: it is on its way
    album TEXT,                     -- null: goes out by itself; waiting: for the evening; else the id of its album
    found_later BIGINT NOT NULL DEFAULT 0, -- 1: by a tag or a registration after the photo had gone out
    UNIQUE (photo_id, participant_id)
);
CREATE INDEX media_distributions_by_vendor ON media_distributions (vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX media_distributions_by_participant ON media_distributions (participant_id, created_at);
CREATE INDEX media_distributions_by_media ON media_distributions (media) WHERE media IS NOT NULL;
CREATE INDEX media_distributions_in_albums ON media_distributions (album, participant_id) WHERE album IS NOT NULL;
