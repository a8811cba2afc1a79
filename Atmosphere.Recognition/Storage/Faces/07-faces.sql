-- Faces in photos. Boxes are pixels of the upright photo. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- Where the engine found faces.
CREATE TABLE bounding_boxes (
    face_id TEXT PRIMARY KEY,
    photo_id TEXT NOT NULL,
    position BIGINT NOT NULL,       -- from the left, from 0
    x DOUBLE PRECISION NOT NULL,
    y DOUBLE PRECISION NOT NULL,
    width DOUBLE PRECISION NOT NULL,
    height DOUBLE PRECISION NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    landmarks BLOB NOT NULL,        -- 68 pairs of little-endian float32, pixels
    quality TEXT NOT NULL,          -- JSON: the measurements of the face
    UNIQUE (photo_id, position)
);

-- How faces are described, so that they can be compared.
CREATE TABLE embeddings (
    face_id TEXT PRIMARY KEY,
    photo_id TEXT NOT NULL,
    model TEXT NOT NULL,            -- hash of the network that made the vector
    vector BLOB NOT NULL,           -- little-endian float32
    mirror_distance DOUBLE PRECISION NOT NULL
);
CREATE INDEX embeddings_by_photo ON embeddings (photo_id);

-- What the search of the collection said about a face.
CREATE TABLE searches (
    face_id TEXT PRIMARY KEY,
    photo_id TEXT NOT NULL,
    verdict TEXT NOT NULL,          -- named, uncertain, nobody
    near_enough BIGINT NOT NULL,
    collection_version BIGINT NOT NULL
);
CREATE INDEX searches_by_photo ON searches (photo_id);

CREATE TABLE candidates (
    face_id TEXT NOT NULL,
    rank BIGINT NOT NULL,           -- 1: the most similar
    photo_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    similarity DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (face_id, rank)
);
CREATE INDEX candidates_by_photo ON candidates (photo_id);
CREATE INDEX candidates_by_person ON candidates (person_id);

-- A face is a record that a person is attached to.
CREATE TABLE faces (
    id TEXT PRIMARY KEY,
    photo_id TEXT NOT NULL REFERENCES photos (id),
    x DOUBLE PRECISION NOT NULL,
    y DOUBLE PRECISION NOT NULL,
    width DOUBLE PRECISION NOT NULL,
    height DOUBLE PRECISION NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    person_id TEXT,
    similarity DOUBLE PRECISION,
    verdict TEXT NOT NULL,          -- undecided, named, uncertain, nobody, refused (nobody will ever say)
    rectangle TEXT,                 -- file of the crop
    zoom_in TEXT,                   -- file of the surroundings
    decided_at BIGINT
);
CREATE INDEX faces_by_photo ON faces (photo_id);
CREATE INDEX faces_by_person ON faces (person_id);
