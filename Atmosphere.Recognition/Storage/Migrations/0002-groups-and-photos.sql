-- Times are milliseconds since 1970-01-01 UTC. Ids are text.
CREATE TABLE groups (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE participants (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,          -- directline, botframework
    address TEXT NOT NULL,          -- the channel's id of the private conversation
    reference TEXT NOT NULL,        -- JSON: what the channel needs to write first
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (channel, address)
);

CREATE TABLE group_participants (
    group_id TEXT NOT NULL REFERENCES groups (id),
    participant_id TEXT NOT NULL REFERENCES participants (id),
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (group_id, participant_id)
);

CREATE TABLE persons (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (id),
    name TEXT NOT NULL,
    state TEXT NOT NULL,            -- connecting, connected, failed
    created_at BIGINT NOT NULL
);
CREATE INDEX persons_by_group ON persons (group_id);

CREATE TABLE guardians (
    person_id TEXT NOT NULL REFERENCES persons (id),
    participant_id TEXT NOT NULL REFERENCES participants (id),
    role TEXT NOT NULL,             -- owner
    since BIGINT NOT NULL,
    PRIMARY KEY (person_id, participant_id)
);
CREATE INDEX guardians_by_participant ON guardians (participant_id);

CREATE TABLE consents (
    person_id TEXT NOT NULL REFERENCES persons (id),
    participant_id TEXT NOT NULL REFERENCES participants (id),
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    PRIMARY KEY (person_id, participant_id)
);

CREATE TABLE enrolment_photos (
    media TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES persons (id),
    x DOUBLE PRECISION NOT NULL,
    y DOUBLE PRECISION NOT NULL,
    width DOUBLE PRECISION NOT NULL,
    height DOUBLE PRECISION NOT NULL
);

CREATE TABLE photos (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (id),
    source_id TEXT NOT NULL,        -- the channel's message id
    state TEXT NOT NULL,            -- unprocessed, processing, processed, degraded, failed, erased
    media TEXT,                     -- null once the file is deleted
    file_name TEXT NOT NULL,
    width INTEGER,
    height INTEGER,
    error TEXT,
    received_at BIGINT NOT NULL,
    decided_at BIGINT,              -- when the faces were known, or the photo failed
    distributed_at BIGINT,          -- when it was decided who gets it
    UNIQUE (group_id, source_id)
);

CREATE TABLE faces (
    id TEXT PRIMARY KEY,
    photo_id TEXT NOT NULL REFERENCES photos (id),
    x DOUBLE PRECISION NOT NULL,
    y DOUBLE PRECISION NOT NULL,
    width DOUBLE PRECISION NOT NULL,
    height DOUBLE PRECISION NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    person_id TEXT,
    similarity DOUBLE PRECISION,
    verdict TEXT NOT NULL           -- named, uncertain, nobody
);
CREATE INDEX faces_by_photo ON faces (photo_id);
CREATE INDEX faces_by_person ON faces (person_id);

CREATE TABLE media_distributions (
    id TEXT PRIMARY KEY,
    photo_id TEXT NOT NULL REFERENCES photos (id),
    participant_id TEXT NOT NULL REFERENCES participants (id),
    state TEXT NOT NULL,            -- pending, sending, sent, failed, withheld, unknown
    media TEXT,                     -- the picture as sent: upright, without EXIF
    error TEXT,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    UNIQUE (photo_id, participant_id)
);
