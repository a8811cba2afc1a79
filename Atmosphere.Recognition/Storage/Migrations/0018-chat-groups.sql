-- Chat groups: who left, what is told about them, how fast their photos are taken. Times are milliseconds since 1970-01-01 UTC. Ids are text.
ALTER TABLE groups ADD COLUMN linked_at BIGINT;                 -- when the code was posted in its chat group, as the carrier says
ALTER TABLE groups ADD COLUMN introduced_at BIGINT;             -- the bot said there what it does, or tried to

-- What is told late must not undo what is newer: a join from before a departure is over.
CREATE TABLE group_departures (
    group_id TEXT NOT NULL REFERENCES groups (id),
    address_hash TEXT NOT NULL,     -- hexadecimal SHA-256 of the address
    left_at BIGINT NOT NULL,
    PRIMARY KEY (group_id, address_hash)
);
CREATE INDEX group_departures_by_time ON group_departures (left_at);

-- The inbox of chat groups: what carriers tell, once per id. The body names people and goes when it is handled, the id stays.
CREATE TABLE group_events (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,          -- whatsapp-waha, whatsapp-conversations, whatsapp-container
    source_id TEXT NOT NULL,        -- hexadecimal SHA-256 of the carrier's id
    body TEXT,                      -- JSON; null once it is handled
    received_at BIGINT NOT NULL,
    handled_at BIGINT,
    UNIQUE (channel, source_id)
);
CREATE INDEX group_events_by_time ON group_events (received_at);

-- Photos of chat groups that are still to be fetched from the carrier; the row goes with the fetching.
CREATE TABLE group_files (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (id),
    source_id TEXT NOT NULL,        -- the photo's, hashed
    file TEXT NOT NULL,             -- JSON: where it is
    uploader_id TEXT,               -- participant, where they ever wrote to the bot
    received_at BIGINT NOT NULL
);
CREATE INDEX group_files_by_group ON group_files (group_id);
CREATE INDEX group_files_by_time ON group_files (received_at);

-- How many photos of a group were let through in its hour, and when the next one may come.
CREATE TABLE group_paces (
    group_id TEXT PRIMARY KEY REFERENCES groups (id),
    hour_began BIGINT NOT NULL,
    taken INTEGER NOT NULL,
    next_at BIGINT NOT NULL
);
