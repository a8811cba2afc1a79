-- What Slack tells. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- What Slack told us, so that telling it again has no second effect.
CREATE TABLE slack_requests (
    id TEXT PRIMARY KEY,
    source_id TEXT NOT NULL UNIQUE, -- SHA-256 of what Slack calls it
    user_id TEXT NOT NULL,          -- Slack's id of whoever did it; '' where nobody did
    kind TEXT NOT NULL,             -- click, command, sentence; '' where nothing was left to do
    body TEXT,                      -- JSON: what is still to be done; null: nothing, or it is done
    answer TEXT,                    -- JSON: what was answered, where the same answer is due again
    received_at BIGINT NOT NULL
);
CREATE INDEX slack_requests_waiting ON slack_requests (user_id, kind) WHERE body IS NOT NULL;
CREATE INDEX slack_requests_by_time ON slack_requests (received_at);

-- Whose App Home we have to keep fresh.
CREATE TABLE slack_homes (
    user_id TEXT PRIMARY KEY,
    page BIGINT NOT NULL,           -- that is shown, from 0
    wanted BIGINT NOT NULL,         -- 1: it is to be drawn anew, and the message for it is on its way
    opened_at BIGINT NOT NULL
);
