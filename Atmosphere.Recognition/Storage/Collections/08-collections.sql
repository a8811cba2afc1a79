-- Face collections of the Onnx engine. Times are milliseconds since 1970-01-01 UTC. Ids are text.

CREATE TABLE collections (
    id TEXT PRIMARY KEY,
    model TEXT NOT NULL,            -- hash of the network that made the vectors
    version BIGINT NOT NULL DEFAULT 0 -- grows when a search could end otherwise than before
);

CREATE TABLE collection_users (
    collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    PRIMARY KEY (collection_id, user_id)
);
CREATE INDEX collection_users_by_user ON collection_users (user_id);

CREATE TABLE collection_faces (
    collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    face_id TEXT NOT NULL,
    user_id TEXT,                   -- null: nobody's
    position BIGINT NOT NULL,       -- order of indexing
    vector BLOB NOT NULL,           -- little-endian float32
    PRIMARY KEY (collection_id, face_id)
);
CREATE INDEX collection_faces_by_user ON collection_faces (collection_id, user_id);
-- An erasure ends with a search for what it deleted, in every table: none of them is read whole.
CREATE INDEX collection_faces_by_face ON collection_faces (face_id);
CREATE INDEX collection_faces_by_user_alone ON collection_faces (user_id);
