-- Registered persons. Times are milliseconds since 1970-01-01 UTC. Ids are text.

CREATE TABLE persons (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (id),
    name TEXT NOT NULL,
    state TEXT NOT NULL,            -- connecting, connected, failed, erasing
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,            -- by a teacher of the group, where the group asks for it
    confirmed_by TEXT,              -- the participant who confirmed
    portrait TEXT,                  -- file of the learned face, for its own guardians
    look_alike BIGINT NOT NULL DEFAULT 0, -- 1: another child than one of the parent's own that it looks like; 2: somebody who knows admits it
    asks_teacher BIGINT NOT NULL DEFAULT 0 -- 1: the parent wants a teacher to look at it, who decides before it is learned
);
CREATE INDEX persons_by_group ON persons (group_id);

CREATE TABLE guardians (
    person_id TEXT NOT NULL REFERENCES persons (id),
    participant_id TEXT NOT NULL REFERENCES participants (id),
    role TEXT NOT NULL,             -- owner, guardian
    since BIGINT NOT NULL,
    way TEXT,                       -- how a guardian came to be one: a WayToJoin; null: the owner, who registered
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
    purpose TEXT NOT NULL DEFAULT 'find the child in photos of the group and send them to its guardians',
    PRIMARY KEY (person_id, participant_id)
);
CREATE INDEX consents_by_participant ON consents (participant_id);

CREATE TABLE enrolment_photos (
    media TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES persons (id),
    x DOUBLE PRECISION NOT NULL,
    y DOUBLE PRECISION NOT NULL,
    width DOUBLE PRECISION NOT NULL,
    height DOUBLE PRECISION NOT NULL
);

-- Registered persons who cannot be told apart: photos of either are for colleagues to decide. Both directions are there.
CREATE TABLE look_alikes (
    person_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    PRIMARY KEY (person_id, other_id)
);
CREATE INDEX look_alikes_by_other ON look_alikes (other_id);
