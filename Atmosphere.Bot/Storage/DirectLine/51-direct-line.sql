-- Chats of Direct Line. Times are milliseconds since 1970-01-01 UTC. Ids are text.

CREATE TABLE direct_line_conversations (
    id TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL
);

CREATE TABLE direct_line_activities (
    conversation_id TEXT NOT NULL REFERENCES direct_line_conversations (id),
    position BIGINT NOT NULL,       -- the watermark, from 1
    source_id TEXT NOT NULL,        -- the client's id, the reply's id or the delivery: the same one again is not inserted
    body TEXT NOT NULL,             -- JSON
    created_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, position),
    UNIQUE (conversation_id, source_id)
);
CREATE INDEX direct_line_activities_by_source ON direct_line_activities (source_id);
