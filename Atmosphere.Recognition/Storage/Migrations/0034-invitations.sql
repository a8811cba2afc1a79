-- Guardians whom a colleague invited for a face that nobody knew. Times are milliseconds since 1970-01-01 UTC.
CREATE TABLE invitations (
    code_hash TEXT PRIMARY KEY,     -- of the code that the guardian types; codes has its name and its end
    group_id TEXT NOT NULL,
    question_id TEXT NOT NULL,      -- what is answered when the person is learned
    voter TEXT NOT NULL,            -- slack:ID, participant:ID: who invited, and in whose name it is answered
    person_id TEXT,                 -- whom the guardian registered; null: nobody yet
    created_at BIGINT NOT NULL
);
CREATE INDEX invitations_by_person ON invitations (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX invitations_by_group ON invitations (group_id);
