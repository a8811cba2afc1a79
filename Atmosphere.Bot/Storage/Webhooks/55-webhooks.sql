-- The inbox of all webhooks: what vendors tell, once per id. Times are milliseconds since 1970-01-01 UTC. Ids are text.
CREATE TABLE webhook_events (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,          -- slack, whatsapp-waha, whatsapp-conversations, whatsapp-container
    source_id TEXT NOT NULL,        -- keyed hash of what the vendor calls it
    user_id TEXT NOT NULL,          -- Slack's id of the user; '' elsewhere, and where nobody acted
    kind TEXT NOT NULL,             -- of the work: event, click, command, sentence; '' where nothing was left to do
    body TEXT,                      -- JSON: the work that is left; null: none. It may name people, and goes when it is done.
    answer TEXT,                    -- JSON: the answer, while the same answer may be due again
    received_at BIGINT NOT NULL,
    handled_at BIGINT,
    UNIQUE (channel, source_id)
);
CREATE INDEX webhook_events_waiting ON webhook_events (channel, user_id, kind) WHERE body IS NOT NULL;
CREATE INDEX webhook_events_by_time ON webhook_events (received_at);

INSERT INTO webhook_events (id, channel, source_id, user_id, kind, body, received_at, handled_at)
SELECT id, channel, source_id, '', 'event', body, received_at, handled_at FROM group_events;
INSERT INTO webhook_events (id, channel, source_id, user_id, kind, body, answer, received_at, handled_at)
SELECT id, 'slack', source_id, user_id, kind, body, answer, received_at, CASE WHEN body IS NULL THEN received_at END FROM slack_requests;
DROP TABLE group_events;
DROP TABLE slack_requests;
