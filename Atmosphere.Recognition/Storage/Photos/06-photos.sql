-- Photos and what becomes of them. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- Photos that came in, by the sender's own id: a repeated delivery has no second effect, even when the photo is long gone.
CREATE TABLE inbox (
    group_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    photo_id TEXT NOT NULL,
    media TEXT,                     -- null once the photo's row owns the file
    received_at BIGINT NOT NULL,
    file_name TEXT,                 -- what the sender called it, until the photo's row has it: no message carries a name
    outcome TEXT,                   -- such as: no faces
    client_id TEXT,                 -- whose upload it was; the same key with other bytes is a mistake of the station
    digest TEXT,                    -- hexadecimal SHA-256 of the file
    PRIMARY KEY (group_id, source_id)
);
CREATE INDEX inbox_by_time ON inbox (received_at);
CREATE INDEX inbox_by_client ON inbox (client_id, photo_id) WHERE client_id IS NOT NULL;
CREATE INDEX inbox_with_file ON inbox (received_at) WHERE media IS NOT NULL;

CREATE TABLE photos (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (id),
    source_id TEXT NOT NULL,        -- the channel's message id
    state TEXT NOT NULL,            -- unprocessed, processing, processed, degraded, failed, erased
    media TEXT,                     -- null once the file is deleted
    file_name TEXT NOT NULL,
    width BIGINT,
    height BIGINT,
    error TEXT,
    received_at BIGINT NOT NULL,
    decided_at BIGINT,              -- when the faces were known, or the photo failed
    distributed_at BIGINT,          -- when it was decided who gets it
    client_id TEXT,                 -- the station that uploaded it; null: a chat
    uploader_id TEXT,               -- the participant who posted it, where one is known
    faces BIGINT,                   -- how many there are to decide; null until they are sent on
    gate_opened_at BIGINT,          -- when the last of them was decided
    expired_at BIGINT,              -- when the file and the registered people had outlived their time; the row waits for its unknown faces
    perceptual_hash BIGINT,         -- of the whole picture; nearly equal photos differ in few bits
    UNIQUE (group_id, source_id)
);
-- A round of retention looks only at what may be due, not at every photo.
CREATE INDEX photos_by_time ON photos (received_at);
CREATE INDEX photos_by_uploader ON photos (uploader_id) WHERE uploader_id IS NOT NULL;
-- Bursts, and photos that somebody forwards.
CREATE INDEX photos_of_a_group_by_time ON photos (group_id, received_at);
-- Photos that are looked at just now: a person who is removed waits for those of the group.
CREATE INDEX photos_under_way ON photos (group_id) WHERE state IN ('unprocessed', 'processing');

-- What became of a photo in each box that it passed.
CREATE TABLE photo_steps (
    photo_id TEXT NOT NULL,
    step TEXT NOT NULL,
    outcome TEXT NOT NULL,          -- done, failed
    error TEXT,
    ended_at BIGINT NOT NULL,
    PRIMARY KEY (photo_id, step)
);

-- Where the branches of the pipeline meet again. It opens once; a photo that failed closes it.
CREATE TABLE sync_points (
    photo_id TEXT PRIMARY KEY,
    exif_at BIGINT,                 -- when that branch ended, whether it found anything or not
    faces_at BIGINT,
    opened_at BIGINT,
    closed_at BIGINT
);

CREATE TABLE exif (
    photo_id TEXT PRIMARY KEY,
    camera TEXT,
    taken_at TEXT,                  -- yyyy-MM-ddTHH:mm:ss by the camera's clock
    utc_offset TEXT,                -- such as +02:00; null where the camera did not say
    latitude DOUBLE PRECISION,      -- degrees, north positive; only where the group keeps it
    longitude DOUBLE PRECISION      -- degrees, east positive
);

-- One flat row a photo, without names and pictures.
CREATE TABLE image_table (
    partition TEXT NOT NULL,        -- yyyy-MM-dd in the time zone of the station or the group
    row TEXT NOT NULL,              -- the photo
    group_id TEXT NOT NULL,
    client_id TEXT,
    state TEXT NOT NULL,
    faces BIGINT NOT NULL,
    width BIGINT NOT NULL,
    height BIGINT NOT NULL,
    camera TEXT,
    taken_at TEXT,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (partition, row)
);
CREATE INDEX image_table_by_row ON image_table (row);
CREATE INDEX image_table_by_time ON image_table (received_at);
