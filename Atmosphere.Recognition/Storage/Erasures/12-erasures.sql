-- Who is forgotten. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- Erasures that were carried out, for operators: nothing of them names anybody.
CREATE TABLE erasures (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,             -- person, participant, group
    state TEXT NOT NULL,            -- asked, engine-confirmed, erased, incomplete
    asked_at BIGINT NOT NULL,
    ended_at BIGINT,
    rows_deleted BIGINT NOT NULL DEFAULT 0,
    files_deleted BIGINT NOT NULL DEFAULT 0,
    faces_deleted BIGINT NOT NULL DEFAULT 0,
    left_over BIGINT NOT NULL DEFAULT 0, -- what the search afterwards still found
    error TEXT,
    collection_id TEXT,             -- of a person: the group's
    step BIGINT NOT NULL DEFAULT 0, -- of a person: 1 its user, 2 its faces are deleted
    searched TEXT                   -- everything, or ids: what the search afterwards looked for; null: it has not ended
);

-- Which faces of which collection the engine must still forget: deleted when it confirmed.
CREATE TABLE erasure_faces (
    erasure_id TEXT NOT NULL REFERENCES erasures (id),
    collection_id TEXT NOT NULL,
    face_id TEXT NOT NULL,
    PRIMARY KEY (erasure_id, collection_id, face_id)
);

-- Faces in photos that are a removed person's, until they are deleted with everything else of the person.
CREATE TABLE erasure_photo_faces (
    erasure_id TEXT NOT NULL REFERENCES erasures (id),
    face_id TEXT NOT NULL,
    photo_id TEXT NOT NULL,
    PRIMARY KEY (erasure_id, face_id)
);
