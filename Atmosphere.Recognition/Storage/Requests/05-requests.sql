-- What people ask of each other. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- What one participant is asked about another's wish: becoming guardian, confirming a registration.
CREATE TABLE requests (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL,         -- what the answer names, such as 4821; unique among the open ones of a participant
    kind TEXT NOT NULL,             -- guardian, confirmation, lookalike
    person_id TEXT NOT NULL,        -- guardian: the registered person; confirmation: the one to confirm; lookalike: who waits to be learned
    from_id TEXT NOT NULL,          -- the participant who wishes it
    to_id TEXT NOT NULL,            -- the participant who answers
    state TEXT NOT NULL,            -- open, granted, refused, expired
    details TEXT NOT NULL,          -- JSON: what the kind needs
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    pending_id TEXT,                -- guardian: the registration that was given up for it
    reminded_at BIGINT
);
CREATE INDEX requests_by_receiver ON requests (to_id, state);
CREATE INDEX requests_by_person ON requests (person_id);
CREATE INDEX requests_by_sender ON requests (from_id);
CREATE INDEX requests_by_pending ON requests (pending_id) WHERE pending_id IS NOT NULL;
CREATE INDEX requests_by_state ON requests (state, created_at);
CREATE UNIQUE INDEX requests_open_numbers ON requests (to_id, number) WHERE state = 'open';

-- Codes that somebody types once. The code itself is nowhere.
CREATE TABLE codes (
    hash TEXT PRIMARY KEY,          -- hexadecimal SHA-256
    kind TEXT NOT NULL,             -- teacher, group, share, invite
    participant_id TEXT,            -- who asked for it; null: an operator
    person_id TEXT,                 -- share: whose guardian its user becomes
    details TEXT NOT NULL,          -- JSON: what the kind needs
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    used_by TEXT                    -- participant or group
);
CREATE INDEX codes_by_person ON codes (person_id) WHERE person_id IS NOT NULL;

-- Guardians whom a colleague invited for a face that nobody knew.
CREATE TABLE invitations (
    code_hash TEXT PRIMARY KEY,     -- of the code that the guardian types; codes has its name and its end
    group_id TEXT NOT NULL,
    question_id TEXT NOT NULL,      -- what is answered when the person is learned
    voter TEXT NOT NULL,            -- slack:ID, participant:ID: who invited, and in whose name it is answered
    person_id TEXT,                 -- whom the guardian registered; null: nobody yet
    created_at BIGINT NOT NULL
);
CREATE INDEX invitations_by_person ON invitations (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX invitations_by_group ON invitations (group_id);
