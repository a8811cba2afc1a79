-- What is said in chats. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- Conversations.
CREATE TABLE conversations (
    id TEXT PRIMARY KEY,            -- channel:address
    participant_id TEXT NOT NULL REFERENCES participants (id),
    version BIGINT NOT NULL,        -- grows with every turn
    state TEXT NOT NULL,            -- JSON: where the conversation stands
    updated_at BIGINT NOT NULL,
    dialog TEXT NOT NULL DEFAULT 'connect-person', -- whose state it is: the folder in dialogs/
    reminded_at BIGINT,
    offered TEXT                    -- JSON: the buttons of the last question, which a number may answer
);
CREATE INDEX conversations_by_participant ON conversations (participant_id);

-- The inbox: what people said, once per message id. The words go when they are answered, the id stays.
CREATE TABLE turns (
    id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    body TEXT,                      -- JSON; null once it is answered
    awaited BIGINT NOT NULL,        -- 1: the answer goes back in the HTTP response
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
    position BIGINT NOT NULL,       -- among the replies of the turn
    body TEXT,                      -- JSON; null once it is delivered
    media TEXT,                     -- the picture
    state TEXT NOT NULL,            -- waiting, sending, sent, refused, unknown
    error TEXT,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    vendor_id TEXT,                 -- the channel's id of the message
    undelivered_id TEXT,            -- that of an attempt that did not arrive: what is reported of it counts no more
    sending_at BIGINT,              -- when the call began
    held_at BIGINT,                 -- waiting: it waits until the person writes
    template BIGINT NOT NULL DEFAULT 0, -- 1: a template stood for the words
    attempts BIGINT NOT NULL DEFAULT 0, -- how often the channel took it and did not deliver it
    asked_for BIGINT NOT NULL DEFAULT 0 -- 1: they asked for just this, and get it even after they opted out
);
CREATE INDEX replies_by_turn ON replies (turn_id, position);
CREATE INDEX replies_by_vendor ON replies (vendor_id) WHERE vendor_id IS NOT NULL;
CREATE INDEX replies_by_conversation ON replies (conversation_id, created_at);
CREATE INDEX replies_by_undelivered ON replies (undelivered_id) WHERE undelivered_id IS NOT NULL;

-- The inbox of chat groups: what carriers tell, once per id. The body names people and goes when it is handled, the id stays.
CREATE TABLE group_events (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,          -- whatsapp-waha, whatsapp-conversations, whatsapp-container
    source_id TEXT NOT NULL,        -- hexadecimal SHA-256 of the carrier's id
    body TEXT,                      -- JSON; null once it is handled
    received_at BIGINT NOT NULL,
    handled_at BIGINT,
    UNIQUE (channel, source_id)
);
CREATE INDEX group_events_by_time ON group_events (received_at);
