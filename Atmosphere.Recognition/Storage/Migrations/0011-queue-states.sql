-- What the running server says about its queues, for whoever looks from beside it. Times are milliseconds since 1970-01-01 UTC.
CREATE TABLE queue_states (
    queue TEXT PRIMARY KEY,
    handled BIGINT NOT NULL,        -- messages since the first start
    failed BIGINT NOT NULL,         -- attempts
    died BIGINT NOT NULL,           -- messages that became dead letters
    per_second DOUBLE PRECISION NOT NULL,   -- handled lately
    workers INTEGER NOT NULL,       -- 0 while no server runs
    updated_at BIGINT NOT NULL
);

-- What an operator's command asks the running server to do, because only the server may: it has copies in its memory.
CREATE TABLE operator_requests (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,             -- retention
    asked_at BIGINT NOT NULL,
    answer TEXT,                    -- JSON; null until it is done
    error TEXT                      -- a sentence when it could not be done
);
