-- Whom texts in chats name. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- One row for each person that a stored text names: whoever the chat belongs to, an erasure finds the text by it.
CREATE TABLE mentions (
    person_id TEXT NOT NULL,
    row_id TEXT NOT NULL,           -- of the reply, the turn or the conversation; of a Direct Line activity its source_id
    conversation_id TEXT NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, row_id)
);
CREATE INDEX mentions_by_row ON mentions (row_id);
CREATE INDEX mentions_by_conversation ON mentions (conversation_id);
CREATE INDEX mentions_by_time ON mentions (recorded_at);
