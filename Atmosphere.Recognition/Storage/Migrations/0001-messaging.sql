-- Times are milliseconds since 1970-01-01 UTC.
-- One row for each queue that a message goes to.
CREATE TABLE messages (
    number INTEGER PRIMARY KEY,     -- rises in the order of sending
    id TEXT NOT NULL,               -- the same for all copies of a message
    queue TEXT NOT NULL,
    type TEXT NOT NULL,             -- full name of the record
    body TEXT NOT NULL,             -- JSON
    correlation_id TEXT NOT NULL,
    order_key TEXT,
    waits INTEGER NOT NULL,         -- 1 while an earlier message of the same queue and key is there
    attempts INTEGER NOT NULL,      -- that failed
    crashes INTEGER NOT NULL,       -- of the process while it worked on the message
    lease TEXT,                     -- the run of the process that works on it
    sent_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL
);
CREATE INDEX messages_ready ON messages (queue, due_at, number) WHERE lease IS NULL AND waits = 0;
CREATE INDEX messages_by_key ON messages (queue, order_key, number) WHERE order_key IS NOT NULL;
CREATE INDEX messages_leased ON messages (lease) WHERE lease IS NOT NULL;

CREATE TABLE dead_letters (
    id TEXT NOT NULL,
    queue TEXT NOT NULL,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    order_key TEXT,
    attempts INTEGER NOT NULL,
    crashes INTEGER NOT NULL,
    sent_at BIGINT NOT NULL,
    died_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    stack TEXT NOT NULL,
    PRIMARY KEY (id, queue)
);

-- Photos that came in, by the sender's own id: a repeated delivery has no second effect, even when the photo is long gone.
CREATE TABLE inbox (
    group_id TEXT NOT NULL,
    source_id TEXT NOT NULL,
    photo_id TEXT NOT NULL,
    media TEXT,                     -- null once the photo's row owns the file
    received_at BIGINT NOT NULL,
    PRIMARY KEY (group_id, source_id)
);
CREATE INDEX inbox_by_time ON inbox (received_at);
