-- Reports about groups, and who gets them by mail. Times are milliseconds since 1970-01-01 UTC. Ids are text.

CREATE TABLE reports (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL,
    kind TEXT NOT NULL,             -- day, week
    state TEXT NOT NULL,            -- made, skipped (too few faces)
    first_day TEXT NOT NULL,        -- yyyy-MM-dd in the group's time zone
    end_day TEXT NOT NULL,          -- the day after the last one
    figures TEXT NOT NULL,          -- JSON: numbers, nobody's name or id
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (group_id, kind, first_day, end_day)
);
CREATE INDEX reports_by_time ON reports (created_at);

-- What reports count. Photos are deleted days before the week is over; these rows stay until the week after is compared.
CREATE TABLE report_photos (
    photo_id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    faces BIGINT NOT NULL
);
CREATE INDEX report_photos_by_group ON report_photos (group_id, received_at);
CREATE INDEX report_photos_by_time ON report_photos (received_at);

CREATE TABLE report_sightings (
    photo_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    received_at BIGINT NOT NULL,    -- the photo's
    PRIMARY KEY (photo_id, person_id)
);
CREATE INDEX report_sightings_by_group ON report_sightings (group_id, received_at);
CREATE INDEX report_sightings_by_person ON report_sightings (person_id);
CREATE INDEX report_sightings_by_time ON report_sightings (received_at);

CREATE TABLE report_deliveries (
    delivery_id TEXT PRIMARY KEY,
    photo_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL             -- as in media_distributions
);
CREATE INDEX report_deliveries_by_group ON report_deliveries (group_id, created_at);
CREATE INDEX report_deliveries_by_photo ON report_deliveries (photo_id);
CREATE INDEX report_deliveries_by_time ON report_deliveries (created_at);

CREATE TABLE report_subscribers (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL,
    address TEXT NOT NULL,          -- encrypted
    address_hash TEXT NOT NULL,     -- keyed hash of the address in lower case
    participant_id TEXT,            -- whose address it is; null: somebody whom the bot does not know
    language TEXT NOT NULL,
    rhythm TEXT NOT NULL,           -- day, week, both
    state TEXT NOT NULL,            -- asked, confirmed
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    UNIQUE (group_id, address_hash)
);
CREATE INDEX report_subscribers_by_participant ON report_subscribers (participant_id) WHERE participant_id IS NOT NULL;

CREATE TABLE mails (
    id TEXT PRIMARY KEY,
    subscriber_id TEXT NOT NULL,
    group_id TEXT NOT NULL,
    report_id TEXT,                 -- null: asks whether the subscriber wants reports
    state TEXT NOT NULL,            -- waiting, sending, sent, failed, withheld, unknown
    error TEXT,                     -- the server's words, without the address
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    UNIQUE (subscriber_id, report_id)
);
CREATE INDEX mails_by_group ON mails (group_id);
CREATE INDEX mails_by_time ON mails (created_at);
