-- Conversations. Times are milliseconds since 1970-01-01 UTC. Ids are text.
CREATE TABLE conversations (
    id TEXT PRIMARY KEY,            -- channel:address
    participant_id TEXT NOT NULL REFERENCES participants (id),
    version BIGINT NOT NULL,        -- grows with every turn
    state TEXT NOT NULL,            -- JSON: where the conversation stands
    updated_at BIGINT NOT NULL
);

-- The inbox: what people said, once per message id. The words go when they are answered, the id stays.
CREATE TABLE turns (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    body TEXT,                      -- JSON; null once it is answered
    awaited INTEGER NOT NULL,       -- 1: the answer goes back in the HTTP response
    received_at BIGINT NOT NULL,
    handled_at BIGINT,
    UNIQUE (conversation_id, message_id)
);

-- Files that came in a conversation, or were made for it, and must not outlive it.
CREATE TABLE uploads (
    media TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX uploads_by_conversation ON uploads (conversation_id);

-- What leaves by a call to somebody else's server (Bot Framework).
CREATE TABLE replies (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    turn_id TEXT,                   -- null: nobody asked
    position INTEGER NOT NULL,      -- among the replies of the turn
    body TEXT,                      -- JSON; null once it is delivered
    media TEXT,                     -- the picture
    state TEXT NOT NULL,            -- waiting, sending, sent, refused, unknown
    error TEXT,
    created_at BIGINT NOT NULL,
    sent_at BIGINT
);
CREATE INDEX replies_by_turn ON replies (turn_id, position);

CREATE TABLE direct_line_conversations (
    id TEXT PRIMARY KEY,
    created_at BIGINT NOT NULL
);

CREATE TABLE direct_line_activities (
    conversation_id TEXT NOT NULL REFERENCES direct_line_conversations (id),
    position INTEGER NOT NULL,      -- the watermark, from 1
    source_id TEXT NOT NULL,        -- the client's id, the reply's id or the delivery: the same one again is not inserted
    body TEXT NOT NULL,             -- JSON
    created_at BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, position),
    UNIQUE (conversation_id, source_id)
);
CREATE INDEX direct_line_activities_by_source ON direct_line_activities (source_id);
