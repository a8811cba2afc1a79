-- The image pipeline. Times are milliseconds since 1970-01-01 UTC. Ids are text. Boxes are pixels of the upright photo.
ALTER TABLE groups ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'UTC';         -- IANA name, for days and hours that people read
ALTER TABLE groups ADD COLUMN keeps_gps INTEGER NOT NULL DEFAULT 0;          -- 1: where a photo was taken may be stored

ALTER TABLE photos ADD COLUMN client_id TEXT;                                -- the station that uploaded it; null: a chat
ALTER TABLE photos ADD COLUMN uploader_id TEXT;                              -- the participant who posted it, where one is known
ALTER TABLE photos ADD COLUMN faces INTEGER;                                 -- how many there are to decide; null until they are sent on
ALTER TABLE photos ADD COLUMN gate_opened_at BIGINT;                         -- when the last of them was decided

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

CREATE TABLE bounding_boxes (
    face_id TEXT PRIMARY KEY,
    photo_id TEXT NOT NULL,
    position INTEGER NOT NULL,      -- from the left, from 0
    x DOUBLE PRECISION NOT NULL,
    y DOUBLE PRECISION NOT NULL,
    width DOUBLE PRECISION NOT NULL,
    height DOUBLE PRECISION NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    landmarks BLOB NOT NULL,        -- 68 pairs of little-endian float32, pixels
    quality TEXT NOT NULL,          -- JSON: the measurements of the face
    UNIQUE (photo_id, position)
);

CREATE TABLE embeddings (
    face_id TEXT PRIMARY KEY,
    photo_id TEXT NOT NULL,
    model TEXT NOT NULL,            -- hash of the network that made the vector
    vector BLOB NOT NULL,           -- little-endian float32
    mirror_distance DOUBLE PRECISION NOT NULL
);
CREATE INDEX embeddings_by_photo ON embeddings (photo_id);

-- What the search of the collection said about a face.
CREATE TABLE searches (
    face_id TEXT PRIMARY KEY,
    photo_id TEXT NOT NULL,
    verdict TEXT NOT NULL,          -- named, uncertain, nobody
    near_enough INTEGER NOT NULL,
    collection_version BIGINT NOT NULL
);
CREATE INDEX searches_by_photo ON searches (photo_id);

CREATE TABLE candidates (
    face_id TEXT NOT NULL,
    rank INTEGER NOT NULL,          -- 1: the most similar
    photo_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    similarity DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (face_id, rank)
);
CREATE INDEX candidates_by_photo ON candidates (photo_id);
CREATE INDEX candidates_by_person ON candidates (person_id);

ALTER TABLE collections ADD COLUMN version BIGINT NOT NULL DEFAULT 0;        -- grows when a search could end otherwise than before

-- A face is a record that a person is attached to; its verdict is 'undecided' at first, then
-- named, uncertain, nobody, or refused (nobody will ever say).
ALTER TABLE faces ADD COLUMN rectangle TEXT;                                 -- file of the crop
ALTER TABLE faces ADD COLUMN zoom_in TEXT;                                   -- file of the surroundings
ALTER TABLE faces ADD COLUMN decided_at BIGINT;

CREATE TABLE image_table (
    partition TEXT NOT NULL,        -- yyyy-MM-dd in the time zone of the station or the group
    row TEXT NOT NULL,              -- the photo
    group_id TEXT NOT NULL,
    client_id TEXT,
    state TEXT NOT NULL,
    faces INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    camera TEXT,
    taken_at TEXT,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (partition, row)
);
CREATE INDEX image_table_by_row ON image_table (row);

-- What operators should know: each thing once a photo.
CREATE TABLE notifications (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,             -- exif-failed, failed, degraded, refused, completed, not-started
    photo_id TEXT NOT NULL,
    text TEXT NOT NULL,             -- a sentence without personal data
    created_at BIGINT NOT NULL,
    UNIQUE (photo_id, kind)
);

-- What is left of a photo when its rows are gone.
ALTER TABLE inbox ADD COLUMN outcome TEXT;                                   -- such as: no faces
