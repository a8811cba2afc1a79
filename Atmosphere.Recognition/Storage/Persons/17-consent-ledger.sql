-- Consents that can be proven later. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- What was agreed to and withdrawn, of nobody: it outlives those who agreed.
CREATE TABLE consent_ledger (
    id TEXT PRIMARY KEY,            -- random; in the export of who agreed
    purpose TEXT NOT NULL,
    version TEXT NOT NULL,          -- of the text
    text_hash TEXT NOT NULL,        -- hexadecimal SHA-256 of the text as it was shown
    channel TEXT NOT NULL,          -- by which it was given: directline, botframework, whatsapp
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT
);
CREATE INDEX consent_ledger_by_time ON consent_ledger (given_at);

-- Whose entries they are, as long as those are known.
CREATE TABLE consent_entries (
    ledger_id TEXT PRIMARY KEY REFERENCES consent_ledger (id),
    person_id TEXT NOT NULL,
    participant_id TEXT NOT NULL
);
CREATE INDEX consent_entries_by_person ON consent_entries (person_id, participant_id);
CREATE INDEX consent_entries_by_participant ON consent_entries (participant_id);
