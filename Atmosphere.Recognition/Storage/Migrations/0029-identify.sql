-- What follows from names that are given and taken back. Ids are text.

-- Faces that got their name by a question, for whoever takes the name back.
CREATE TABLE question_faces (
    question_id TEXT NOT NULL,
    face_id TEXT NOT NULL,
    PRIMARY KEY (question_id, face_id)
);
CREATE INDEX question_faces_by_face ON question_faces (face_id);

-- The version of the group's face collection with which its unknown faces were last looked at again: when that began, and when it ended.
ALTER TABLE groups ADD COLUMN matching_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN matched_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN training_due BIGINT;                -- for when StartTraining was last asked for
