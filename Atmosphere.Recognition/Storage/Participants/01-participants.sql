-- Who talks to the bot. Times are milliseconds since 1970-01-01 UTC. Ids are text.

CREATE TABLE participants (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,          -- directline, botframework, whatsapp
    address TEXT NOT NULL,          -- the channel's id of the private conversation
    reference TEXT NOT NULL,        -- JSON: what the channel needs to write first
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    language_chosen BIGINT NOT NULL DEFAULT 0, -- 1: they said so, and no message changes it
    address_hash TEXT,              -- hexadecimal SHA-256 of the address, to find members of groups
    heard_at BIGINT,                -- when they last wrote
    stopped_at BIGINT,              -- they opted out: nothing is sent that they did not ask for
    paused_at BIGINT,               -- no photos until they resume
    album TEXT NOT NULL DEFAULT 'instant', -- instant, daily: photos at once, or one album in the evening
    teacher_since BIGINT,           -- an operator approved them: they may link groups
    closed_at BIGINT,               -- when the channel last said that it takes no free words for them; until they write again
    exported_at BIGINT,             -- when they last asked for what is stored about them
    forgetting_at BIGINT,           -- they asked to be forgotten
    forgotten_at BIGINT,            -- everything of theirs is deleted but the address
    profile_name TEXT,              -- what they called themselves when they registered or used a code
    UNIQUE (channel, address)
);
CREATE INDEX participants_by_hash ON participants (address_hash);
