-- Face collections of the Onnx engine.
CREATE TABLE collections (
    id TEXT PRIMARY KEY,
    model TEXT NOT NULL             -- hash of the network that made the vectors
);

CREATE TABLE collection_users (
    collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    PRIMARY KEY (collection_id, user_id)
);

CREATE TABLE collection_faces (
    collection_id TEXT NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    face_id TEXT NOT NULL,
    user_id TEXT,                   -- null: nobody's
    position BIGINT NOT NULL,       -- order of indexing
    vector BLOB NOT NULL,           -- little-endian float32
    PRIMARY KEY (collection_id, face_id)
);
CREATE INDEX collection_faces_by_user ON collection_faces (collection_id, user_id);
