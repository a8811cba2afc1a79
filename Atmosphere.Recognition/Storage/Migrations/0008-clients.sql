-- Times are milliseconds since 1970-01-01 UTC. Ids are text.
-- Camera stations and other devices that upload photos.
CREATE TABLE clients (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    group_id TEXT NOT NULL REFERENCES groups (id),
    time_zone TEXT NOT NULL,        -- IANA name: where the station stands
    token_hash TEXT NOT NULL UNIQUE, -- hexadecimal SHA-256 of a token of 256 random bits; the token itself is nowhere
    created_at BIGINT NOT NULL,
    disabled_at BIGINT
);

-- Whose upload it was, and which bytes: the same key with others is a mistake of the station.
ALTER TABLE inbox ADD COLUMN client_id TEXT;
ALTER TABLE inbox ADD COLUMN digest TEXT;                                    -- hexadecimal SHA-256 of the file
CREATE INDEX inbox_by_client ON inbox (client_id, photo_id) WHERE client_id IS NOT NULL;
