-- Consents to a picture in reports. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- Guardians who agree that the reports to the group's teacher show a small picture of their child.
CREATE TABLE report_pictures (
    person_id TEXT NOT NULL REFERENCES persons (id),
    participant_id TEXT NOT NULL REFERENCES participants (id),
    version TEXT NOT NULL,          -- of the text
    text TEXT NOT NULL,             -- as it was shown
    given_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, participant_id)
);
CREATE INDEX report_pictures_by_participant ON report_pictures (participant_id);
