-- Camera stations and other devices that upload photos. Times are milliseconds since 1970-01-01 UTC. Ids are text.

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
