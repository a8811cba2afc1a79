-- Ids of a participant that hide the number, as a carrier once told them beside it. Times are milliseconds since 1970-01-01 UTC.
CREATE TABLE participant_aliases (
    alias_hash TEXT PRIMARY KEY,    -- hexadecimal HMAC-SHA256 of the carrier's id with the data key
    participant_id TEXT NOT NULL REFERENCES participants (id),
    told_at BIGINT NOT NULL
);
CREATE INDEX participant_aliases_by_participant ON participant_aliases (participant_id);
