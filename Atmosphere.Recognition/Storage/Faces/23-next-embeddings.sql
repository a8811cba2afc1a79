-- Vectors of faces in photos by the recogniser that is wanted.

CREATE TABLE next_embeddings (
    face_id TEXT PRIMARY KEY,
    photo_id TEXT NOT NULL,
    model TEXT NOT NULL,            -- hash of the network that made the vector
    vector BLOB,                    -- little-endian float32; null: the photo is not kept
    mirror_distance DOUBLE PRECISION NOT NULL
);
CREATE INDEX next_embeddings_by_photo ON next_embeddings (photo_id);
