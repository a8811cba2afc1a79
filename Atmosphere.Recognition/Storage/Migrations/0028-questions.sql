-- What colleagues are asked about faces, and what they say. Times are milliseconds since 1970-01-01 UTC. Ids are text.
CREATE TABLE questions (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL,
    kind TEXT NOT NULL,             -- who: nobody is like it; which: one of those it is like; check: a parent said something of it; identified: told, not asked
    cluster_id TEXT,                -- it is about all faces of the cluster; null: about the one face
    face_id TEXT NOT NULL,          -- the face that is shown; votes on it in face_tags are the votes of the question
    photo_id TEXT NOT NULL,         -- of the face that is shown
    about_id TEXT,                  -- check, identified: the person of whom something was said
    state TEXT NOT NULL,            -- asked, voting, decided, refused, expired, undone
    answer TEXT,                    -- decided: person, nobody, visitor, cannot-tell
    person_id TEXT,                 -- decided, answer person: who it is
    reason TEXT,                    -- refused, expired: why, a key of dialogs/tag-face
    asked_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    reminded_at BIGINT,
    channel TEXT,                   -- where it was posted: the channel's id of the room
    ts TEXT,                        -- the channel's id of the message
    post_state TEXT,                -- sending, posted, unknown (nobody can tell; an operator decides); null: not posted yet, or never
    posting_at BIGINT,
    shown_at BIGINT                 -- the changed_at that the post shows
);
CREATE UNIQUE INDEX questions_open_by_cluster ON questions (cluster_id) WHERE cluster_id IS NOT NULL AND state IN ('asked', 'voting');
CREATE UNIQUE INDEX questions_open_by_face ON questions (face_id) WHERE state IN ('asked', 'voting');
CREATE INDEX questions_by_cluster ON questions (cluster_id) WHERE cluster_id IS NOT NULL;
CREATE INDEX questions_by_face ON questions (face_id);
CREATE INDEX questions_by_photo ON questions (photo_id);
CREATE INDEX questions_by_state ON questions (state, asked_at);

-- Pictures that a channel of colleagues has. The row is the memory of the picture, and goes when the channel has it no more.
CREATE TABLE colleague_pictures (
    file_id TEXT PRIMARY KEY,       -- the channel's id
    face_id TEXT NOT NULL,
    photo_id TEXT NOT NULL,
    question_id TEXT,               -- null: posted by a version that asked face by face
    picture TEXT NOT NULL,          -- rectangle, zoom-in
    uploaded_at BIGINT NOT NULL,
    withdraw_asked_at BIGINT        -- when the channel was last asked to delete it and did not
);
CREATE INDEX colleague_pictures_by_face ON colleague_pictures (face_id);
CREATE INDEX colleague_pictures_by_photo ON colleague_pictures (photo_id);
CREATE INDEX colleague_pictures_by_question ON colleague_pictures (question_id) WHERE question_id IS NOT NULL;
INSERT INTO colleague_pictures (file_id, face_id, photo_id, picture, uploaded_at, withdraw_asked_at)
    SELECT file_id, face_id, photo_id, 'rectangle', began_at, withdraw_asked_at FROM slack_posts;
DROP TABLE slack_posts;

-- Faces that colleagues' tags taught. Each is sent to the face collection once.
CREATE TABLE trained_faces (
    face_id TEXT PRIMARY KEY,       -- the same id in the face collection
    person_id TEXT NOT NULL,
    question_id TEXT NOT NULL,
    state TEXT NOT NULL,            -- sending, sent, refused, dropped (by StartTraining, or for a better one), undone
    at BIGINT NOT NULL
);
CREATE INDEX trained_faces_by_person ON trained_faces (person_id);
CREATE INDEX trained_faces_by_question ON trained_faces (question_id);

-- Whom colleagues are on Slack, as users.info says, for persons and for the board of helpers.
CREATE TABLE colleagues (
    voter TEXT PRIMARY KEY,         -- slack:ID, participant:ID
    name TEXT,
    mail TEXT,
    enriched_at BIGINT
);

ALTER TABLE media_distributions ADD COLUMN found_later INTEGER NOT NULL DEFAULT 0;  -- 1: by a tag or a registration after the photo had gone out
ALTER TABLE groups ADD COLUMN trained_at BIGINT;                -- the last StartTraining
