-- What operators ask of the running server. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- What an operator's command asks the running server to do, because only the server may: it has copies in its memory.
CREATE TABLE operator_requests (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,             -- retention
    asked_at BIGINT NOT NULL,
    answer TEXT,                    -- JSON; null until it is done
    error TEXT                      -- a sentence when it could not be done
);
