-- Parents for life: consent, guardians, wishes, votes, codes. Times are milliseconds since 1970-01-01 UTC. Ids are text.
ALTER TABLE participants ADD COLUMN language_chosen INTEGER NOT NULL DEFAULT 0;  -- 1: they said so, and no message changes it
ALTER TABLE participants ADD COLUMN address_hash TEXT;                           -- hexadecimal SHA-256 of the address, to find members of groups
ALTER TABLE participants ADD COLUMN heard_at BIGINT;                             -- when they last wrote
ALTER TABLE participants ADD COLUMN stopped_at BIGINT;                           -- they opted out: nothing is sent that they did not ask for
ALTER TABLE participants ADD COLUMN paused_at BIGINT;                            -- no photos until they resume
ALTER TABLE participants ADD COLUMN album TEXT NOT NULL DEFAULT 'instant';       -- instant, daily: photos at once, or one album in the evening
ALTER TABLE participants ADD COLUMN teacher_since BIGINT;                        -- an operator approved them: they may link groups
CREATE INDEX participants_by_hash ON participants (address_hash);

ALTER TABLE groups ADD COLUMN channel TEXT;                                      -- whatsapp-waha, whatsapp-conversations, ...; null: no chat group
ALTER TABLE groups ADD COLUMN address TEXT;                                      -- the channel's id of the chat group
ALTER TABLE groups ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE groups ADD COLUMN confirms INTEGER NOT NULL DEFAULT 0;               -- 1: a teacher confirms a registration before anything is delivered
ALTER TABLE groups ADD COLUMN teacher_id TEXT;                                   -- the participant who linked it
ALTER TABLE groups ADD COLUMN ended_at BIGINT;                                   -- the bot left: being erased
CREATE UNIQUE INDEX groups_by_address ON groups (channel, address) WHERE address IS NOT NULL;

-- Who is in a chat group, also who never wrote to the bot. group_participants are those of them who did.
CREATE TABLE group_members (
    group_id TEXT NOT NULL REFERENCES groups (id),
    address_hash TEXT NOT NULL,     -- hexadecimal SHA-256 of the address
    joined_at BIGINT NOT NULL,
    PRIMARY KEY (group_id, address_hash)
);
CREATE INDEX group_members_by_hash ON group_members (address_hash);

ALTER TABLE persons ADD COLUMN confirmed_at BIGINT;                              -- by a teacher of the group, where the group asks for it
ALTER TABLE persons ADD COLUMN confirmed_by TEXT;                                -- the participant who confirmed
ALTER TABLE persons ADD COLUMN portrait TEXT;                                    -- file of the learned face, for its own guardians
ALTER TABLE consents ADD COLUMN purpose TEXT NOT NULL DEFAULT 'find the child in photos of the group and send them to its guardians';

-- Codes that somebody types once. The code itself is nowhere.
CREATE TABLE codes (
    hash TEXT PRIMARY KEY,          -- hexadecimal SHA-256
    kind TEXT NOT NULL,             -- teacher, group, share
    participant_id TEXT,            -- who asked for it; null: an operator
    person_id TEXT,                 -- share: whose guardian its user becomes
    details TEXT NOT NULL,          -- JSON: what the kind needs
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    used_by TEXT                    -- participant or group
);

-- What one participant is asked about another's wish: becoming guardian, confirming a registration.
CREATE TABLE requests (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL,        -- what the answer names, such as 4821; unique among the open ones of a participant
    kind TEXT NOT NULL,             -- guardian, confirmation
    person_id TEXT NOT NULL,        -- guardian: the registered person; confirmation: the one to confirm
    from_id TEXT NOT NULL,          -- the participant who wishes it
    to_id TEXT NOT NULL,            -- the participant who answers
    state TEXT NOT NULL,            -- open, granted, refused, expired
    details TEXT NOT NULL,          -- JSON: what the kind needs
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX requests_by_receiver ON requests (to_id, state);
CREATE INDEX requests_by_person ON requests (person_id);

ALTER TABLE media_distributions ADD COLUMN vendor_id TEXT;                       -- the channel's id of the message
ALTER TABLE media_distributions ADD COLUMN delivered_at BIGINT;
ALTER TABLE media_distributions ADD COLUMN read_at BIGINT;
CREATE INDEX media_distributions_by_vendor ON media_distributions (vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX media_distributions_by_participant ON media_distributions (participant_id, created_at);

ALTER TABLE photos ADD COLUMN perceptual_hash BIGINT;                            -- of the whole picture; nearly equal photos differ in few bits

-- What people say about a face. One vote a voter.
CREATE TABLE face_tags (
    face_id TEXT NOT NULL,
    voter TEXT NOT NULL,            -- participant:ID, slack:ID
    verdict TEXT NOT NULL,          -- is, is-not
    person_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (face_id, voter)
);
CREATE INDEX face_tags_by_person ON face_tags (person_id);

-- Erasures that were carried out, for operators: nothing of them names anybody.
CREATE TABLE erasures (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,             -- person, participant, group
    state TEXT NOT NULL,            -- asked, engine-confirmed, erased, incomplete
    asked_at BIGINT NOT NULL,
    ended_at BIGINT,
    rows_deleted INTEGER NOT NULL DEFAULT 0,
    files_deleted INTEGER NOT NULL DEFAULT 0,
    faces_deleted INTEGER NOT NULL DEFAULT 0,
    left_over INTEGER NOT NULL DEFAULT 0,        -- what the search afterwards still found
    error TEXT
);
-- Which faces of which collection the engine must still forget: deleted when it confirmed.
CREATE TABLE erasure_faces (
    erasure_id TEXT NOT NULL REFERENCES erasures (id),
    collection_id TEXT NOT NULL,
    face_id TEXT NOT NULL,
    PRIMARY KEY (erasure_id, collection_id, face_id)
);

ALTER TABLE conversations ADD COLUMN dialog TEXT NOT NULL DEFAULT 'connect-person';  -- whose state it is: the folder in dialogs/
ALTER TABLE conversations ADD COLUMN reminded_at BIGINT;
