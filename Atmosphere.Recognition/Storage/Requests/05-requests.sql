-- What people ask of each other. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- What one participant is asked about another's wish: becoming guardian, confirming a registration.
CREATE TABLE requests (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL,         -- what the answer names, such as 4821; unique among the open ones of a participant
    kind TEXT NOT NULL,             -- guardian, confirmation, lookalike, sameface
    person_id TEXT NOT NULL,        -- guardian: the registered person; confirmation: the one to confirm; lookalike: who waits to be learned
    from_id TEXT NOT NULL,          -- the participant who wishes it
    to_id TEXT NOT NULL,            -- the participant who answers
    state TEXT NOT NULL,            -- open, granted, refused, expired
    details TEXT NOT NULL,          -- JSON: what the kind needs
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    pending_id TEXT,                -- guardian: the registration that was given up for it
    reminded_at BIGINT,
    face_id TEXT                    -- sameface, lookalike: the held face
);
CREATE INDEX requests_by_receiver ON requests (to_id, state);
CREATE INDEX requests_by_person ON requests (person_id);
CREATE INDEX requests_by_sender ON requests (from_id);
CREATE INDEX requests_by_pending ON requests (pending_id) WHERE pending_id IS NOT NULL;
CREATE INDEX requests_by_face ON requests (face_id) WHERE face_id IS NOT NULL;
CREATE INDEX requests_by_state ON requests (state, created_at);
CREATE UNIQUE INDEX requests_open_numbers ON requests (to_id, number) WHERE state = 'open';

-- Faces that are not learned before somebody who knows the person has looked: a face that is not clearly the person's whose it is said to be, or
-- the face of a registration that looks like a registered person, or whose parent asks for a teacher. No vectors.
CREATE TABLE held_faces (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL,         -- what an operator names, such as 4821
    kind TEXT NOT NULL,             -- face, registration
    person_id TEXT NOT NULL REFERENCES persons (id), -- face: whose it is said to be; registration: who waits to be learned
    like_id TEXT,                   -- registration: the registered person that it looks like; null: none
    from_id TEXT,                   -- the participant who says that it is the person; null: colleagues do
    media TEXT NOT NULL,            -- file: the face with its surroundings
    picture TEXT NOT NULL,          -- file: the person's learned face and this one, side by side
    x DOUBLE PRECISION NOT NULL,    -- of the face in media, pixels
    y DOUBLE PRECISION NOT NULL,
    width DOUBLE PRECISION NOT NULL,
    height DOUBLE PRECISION NOT NULL,
    state TEXT NOT NULL,            -- waiting, allowed, refused
    created_at BIGINT NOT NULL,
    decided_at BIGINT,              -- registration: until the decision cannot be undone any more, its pictures are kept
    handed_over BIGINT NOT NULL DEFAULT 0 -- 1: a teacher left it to an operator
);
CREATE INDEX held_faces_by_person ON held_faces (person_id);
CREATE INDEX held_faces_by_like ON held_faces (like_id) WHERE like_id IS NOT NULL;
CREATE INDEX held_faces_by_sender ON held_faces (from_id);

-- Codes that somebody types once. The code itself is nowhere.
CREATE TABLE codes (
    hash TEXT PRIMARY KEY,          -- hexadecimal HMAC-SHA256 with the data key
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
