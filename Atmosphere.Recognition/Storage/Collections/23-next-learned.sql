-- Another recogniser takes the place of the one in use when all vectors of it are there. Times are milliseconds since 1970-01-01 UTC.

CREATE TABLE model_use (
    kind TEXT PRIMARY KEY,          -- recogniser, detector
    current TEXT,                   -- name of the model in use; null: the built-in one
    wanted TEXT,                    -- name of the model that is to take its place; null: none
    wanted_at BIGINT,
    problem TEXT                    -- a sentence: why it does not go on; null: it does
);

-- Vectors of learned faces by the recogniser that is wanted.
CREATE TABLE next_learned (
    face_id TEXT PRIMARY KEY,
    model TEXT NOT NULL,            -- hash of the network that made the vector
    vector BLOB                     -- little-endian float32; null: no picture of the face is kept
);
