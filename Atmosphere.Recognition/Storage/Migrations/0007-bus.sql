-- When each timer is due next. A timer that rests, or that no flow has any more, has no row. Times are milliseconds since 1970-01-01 UTC.
CREATE TABLE timers (
    name TEXT PRIMARY KEY,
    cron TEXT NOT NULL,             -- as it was when due_at was computed
    time_zone TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    ran_at BIGINT                   -- when it last sent its message
);
