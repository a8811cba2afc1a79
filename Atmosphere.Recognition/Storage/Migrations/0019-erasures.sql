-- Faces in photos that are a removed person's, until they are deleted with everything else of the person.
CREATE TABLE erasure_photo_faces (
    erasure_id TEXT NOT NULL REFERENCES erasures (id),
    face_id TEXT NOT NULL,
    photo_id TEXT NOT NULL,
    PRIMARY KEY (erasure_id, face_id)
);
CREATE INDEX consents_by_participant ON consents (participant_id);
CREATE INDEX group_participants_by_participant ON group_participants (participant_id);
CREATE INDEX conversations_by_participant ON conversations (participant_id);
CREATE INDEX codes_by_person ON codes (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX media_distributions_by_media ON media_distributions (media) WHERE media IS NOT NULL;
-- When they last asked for what is stored about them.
ALTER TABLE participants ADD COLUMN exported_at BIGINT;
ALTER TABLE participants ADD COLUMN forgetting_at BIGINT;                        -- they asked to be forgotten
ALTER TABLE groups ADD COLUMN erasing INTEGER NOT NULL DEFAULT 0;                -- 1: it has ended, and is being deleted
ALTER TABLE erasures ADD COLUMN collection_id TEXT;                              -- of a person: the group's
ALTER TABLE participants ADD COLUMN forgotten_at BIGINT;                         -- everything of theirs is deleted but the address
CREATE INDEX requests_by_sender ON requests (from_id);
CREATE INDEX photos_by_uploader ON photos (uploader_id) WHERE uploader_id IS NOT NULL;
CREATE INDEX face_tags_by_voter ON face_tags (voter);
ALTER TABLE erasures ADD COLUMN step INTEGER NOT NULL DEFAULT 0;                 -- of a person: 1 its user, 2 its faces are deleted
