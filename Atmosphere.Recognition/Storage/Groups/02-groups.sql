-- Groups, and who is in them. Times are milliseconds since 1970-01-01 UTC. Ids are text.

CREATE TABLE groups (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    time_zone TEXT NOT NULL DEFAULT 'UTC', -- IANA name, for days and hours that people read
    keeps_gps BIGINT NOT NULL DEFAULT 0, -- 1: where a photo was taken may be stored
    channel TEXT,                   -- whatsapp-waha, whatsapp-conversations, ...; null: no chat group
    address TEXT,                   -- the channel's id of the chat group
    language TEXT NOT NULL DEFAULT 'en',
    confirms BIGINT NOT NULL DEFAULT 1, -- 1: a teacher confirms a registration before anything is delivered
    visitors BIGINT NOT NULL DEFAULT 0, -- 1: the playground's: whoever visits on this machine is a member
    teacher_id TEXT,                -- the participant who linked it
    ended_at BIGINT,                -- the bot left: being erased
    linked_at BIGINT,               -- when the code was posted in its chat group, as the carrier says
    introduced_at BIGINT,           -- the bot said there what it does, or tried to
    erasing BIGINT NOT NULL DEFAULT 0, -- 1: it has ended, and is being deleted
    service TEXT,                   -- in which the carrier keeps the chat, where it has several; the address alone names the chat
    trained_at BIGINT,              -- the last StartTraining
    matching_version BIGINT NOT NULL DEFAULT 0, -- of the face collection when the group's unknown faces were last begun to be matched again
    matched_version BIGINT NOT NULL DEFAULT 0, -- and when that last ended
    training_due BIGINT             -- for when StartTraining was last asked for
);
CREATE UNIQUE INDEX groups_by_address ON groups (channel, address) WHERE address IS NOT NULL;

CREATE TABLE group_participants (
    group_id TEXT NOT NULL REFERENCES groups (id),
    participant_id TEXT NOT NULL REFERENCES participants (id),
    joined_at BIGINT NOT NULL,
    way TEXT NOT NULL DEFAULT 'operator', -- how they came in: a WayToJoin
    PRIMARY KEY (group_id, participant_id)
);
CREATE INDEX group_participants_by_participant ON group_participants (participant_id);

-- Who is in a chat group, also who never wrote to the bot. group_participants are those of them who did.
CREATE TABLE group_members (
    group_id TEXT NOT NULL REFERENCES groups (id),
    address_hash TEXT NOT NULL,     -- hexadecimal SHA-256 of the address
    joined_at BIGINT NOT NULL,
    way TEXT NOT NULL DEFAULT 'operator', -- who told of them: a WayToJoin
    PRIMARY KEY (group_id, address_hash)
);
CREATE INDEX group_members_by_hash ON group_members (address_hash);

-- What is told late must not undo what is newer: a join from before a departure is over.
CREATE TABLE group_departures (
    group_id TEXT NOT NULL REFERENCES groups (id),
    address_hash TEXT NOT NULL,     -- hexadecimal SHA-256 of the address
    left_at BIGINT NOT NULL,
    PRIMARY KEY (group_id, address_hash)
);
CREATE INDEX group_departures_by_time ON group_departures (left_at);

-- An id that hides a number, and the number behind it, as it was once told: both only as hashes.
CREATE TABLE group_aliases (
    group_id TEXT NOT NULL REFERENCES groups (id),
    alias_hash TEXT NOT NULL,       -- hexadecimal SHA-256 of the carrier's id
    address_hash TEXT NOT NULL,     -- hexadecimal SHA-256 of the address
    PRIMARY KEY (group_id, alias_hash)
);
CREATE INDEX group_aliases_by_hash ON group_aliases (address_hash);

-- How many photos of a group were let through in its hour, and when the next one may come.
CREATE TABLE group_paces (
    group_id TEXT PRIMARY KEY REFERENCES groups (id),
    hour_began BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    next_at BIGINT NOT NULL
);

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
