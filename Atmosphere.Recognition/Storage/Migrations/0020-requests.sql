-- Second guardians, teachers' confirmations, and children who look alike. Times are milliseconds since 1970-01-01 UTC. Ids are text.
ALTER TABLE participants ADD COLUMN profile_name TEXT;                           -- what they called themselves when they registered or used a code

ALTER TABLE requests ADD COLUMN pending_id TEXT;                                 -- guardian: the registration that was given up for it
ALTER TABLE requests ADD COLUMN reminded_at BIGINT;
CREATE INDEX requests_by_pending ON requests (pending_id) WHERE pending_id IS NOT NULL;
CREATE INDEX requests_by_state ON requests (state, created_at);
CREATE UNIQUE INDEX requests_open_numbers ON requests (to_id, number) WHERE state = 'open';

ALTER TABLE persons ADD COLUMN look_alike INTEGER NOT NULL DEFAULT 0;            -- 1: the parent says that it is another child than the one it looks like

-- Registered persons who cannot be told apart: photos of either are for colleagues to decide. Both directions are there.
CREATE TABLE look_alikes (
    person_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    PRIMARY KEY (person_id, other_id)
);
CREATE INDEX look_alikes_by_other ON look_alikes (other_id);
