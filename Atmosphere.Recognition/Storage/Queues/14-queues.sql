-- Messages that wait, and when timers are due. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- One row for each queue that a message goes to.
CREATE TABLE messages (
    number INTEGER PRIMARY KEY,     -- rises in the order of sending
    id TEXT NOT NULL,               -- the same for all copies of a message
    queue TEXT NOT NULL,
    type TEXT NOT NULL,             -- full name of the record
    body TEXT NOT NULL,             -- JSON
    correlation_id TEXT NOT NULL,
    order_key TEXT,
    waits BIGINT NOT NULL,          -- 1 while an earlier message of the same queue and key is there
    attempts BIGINT NOT NULL,       -- that failed
    crashes BIGINT NOT NULL,        -- of the process while it worked on the message
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
    attempts BIGINT NOT NULL,
    crashes BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    died_at BIGINT NOT NULL,
    reason TEXT NOT NULL,
    stack TEXT NOT NULL,
    PRIMARY KEY (id, queue)
);
CREATE INDEX dead_letters_by_time ON dead_letters (died_at);

-- What the running server says about its queues, for programs beside it.
CREATE TABLE queue_states (
    queue TEXT PRIMARY KEY,
    handled BIGINT NOT NULL,        -- messages since the first start
    failed BIGINT NOT NULL,         -- attempts
    died BIGINT NOT NULL,           -- messages that became dead letters
    per_second DOUBLE PRECISION NOT NULL, -- handled lately
    workers BIGINT NOT NULL,        -- 0 while no server runs
    updated_at BIGINT NOT NULL
);

-- When each timer is due next. A timer that rests, or that no flow has any more, has no row.
CREATE TABLE timers (
    name TEXT PRIMARY KEY,
    cron TEXT NOT NULL,             -- as it was when due_at was computed
    time_zone TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    ran_at BIGINT                   -- when it last sent its message
);
