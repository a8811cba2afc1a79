-- Rights that somebody lost. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- On their way to the log outside the database: a row goes when the log has it on the disk. Nothing of them names anybody.
CREATE TABLE withdrawals (
    id TEXT PRIMARY KEY,            -- of the line in the log
    kind TEXT NOT NULL,             -- see WithdrawalKind
    of_id TEXT NOT NULL,            -- who or what lost it
    from_id TEXT                    -- for what; null: for everything
);

-- The last line of the log that this database has written: a log that goes on after it belongs to a newer one. And when the database was last
-- in use: a log that begins later says nothing of what happened between.
CREATE TABLE log_marks (
    log TEXT PRIMARY KEY,           -- withdrawals, alive
    line_id TEXT NOT NULL           -- id of the line; alive: time, ISO 8601
);

-- Chat groups whose members are to be asked again since an older copy was restored. No photo of theirs is sent before.
CREATE TABLE unverified_groups (
    group_id TEXT PRIMARY KEY,
    since BIGINT NOT NULL
);
