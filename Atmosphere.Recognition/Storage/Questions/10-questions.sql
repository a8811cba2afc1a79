-- Questions to colleagues and their answers. Times are milliseconds since 1970-01-01 UTC. Ids are text.

CREATE TABLE questions (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL,
    kind TEXT NOT NULL,             -- who: nobody is like it; which: one of those it is like; check: a parent said something;
                                    -- identified: told, not asked
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
    shown_at BIGINT,                -- the changed_at that the post shows
    photos BIGINT NOT NULL DEFAULT 1, -- in how many photos the face was found, when it was last counted
    update_at BIGINT,               -- the next change of the post is on its way and will be made then
    decided_at BIGINT,              -- decided: since when
    finalized_at BIGINT,            -- decided: when its faces got the name; null: not yet, or there is none to give
    trained_at BIGINT               -- decided: when its faces were taught or refused; null: not yet
);
CREATE UNIQUE INDEX questions_open_by_cluster ON questions (cluster_id) WHERE cluster_id IS NOT NULL AND state IN ('asked', 'voting');
CREATE UNIQUE INDEX questions_open_by_face ON questions (face_id) WHERE state IN ('asked', 'voting');
CREATE INDEX questions_by_cluster ON questions (cluster_id) WHERE cluster_id IS NOT NULL;
CREATE INDEX questions_by_face ON questions (face_id);
CREATE INDEX questions_by_photo ON questions (photo_id);
CREATE INDEX questions_by_state ON questions (state, asked_at);
CREATE INDEX questions_by_person ON questions (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX questions_by_about ON questions (about_id) WHERE about_id IS NOT NULL;
CREATE INDEX questions_by_group ON questions (group_id);
CREATE INDEX questions_by_time ON questions (asked_at);

-- Faces that got their name by a question, so that the name can be taken back.
CREATE TABLE question_faces (
    question_id TEXT NOT NULL,
    face_id TEXT NOT NULL,
    PRIMARY KEY (question_id, face_id)
);
CREATE INDEX question_faces_by_face ON question_faces (face_id);

-- What people say about a face. One vote a voter.
CREATE TABLE face_tags (
    face_id TEXT NOT NULL,
    voter TEXT NOT NULL,            -- participant:ID, slack:ID
    verdict TEXT NOT NULL,          -- is, is-not, nobody, visitor, cannot-tell
    person_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    photo_id TEXT,                  -- while its photo begins again and the face has not been found again: where it was; else null
    x DOUBLE PRECISION,
    y DOUBLE PRECISION,
    width DOUBLE PRECISION,
    height DOUBLE PRECISION,
    PRIMARY KEY (face_id, voter)
);
CREATE INDEX face_tags_by_person ON face_tags (person_id);
CREATE INDEX face_tags_by_voter ON face_tags (voter);
CREATE INDEX face_tags_carried ON face_tags (photo_id) WHERE photo_id IS NOT NULL;
-- The app's home counts the week each time it is drawn.
CREATE INDEX face_tags_by_time ON face_tags (at);

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
    participant_id TEXT,            -- whom the same human is in a chat; null: nobody knows
    enriched_at BIGINT
);
CREATE INDEX colleagues_by_participant ON colleagues (participant_id);

-- Pictures that a channel of colleagues has. The row is the memory of the picture, and goes when the channel has it no more.
CREATE TABLE colleague_pictures (
    file_id TEXT PRIMARY KEY,       -- the channel's id
    face_id TEXT NOT NULL,
    photo_id TEXT NOT NULL,
    question_id TEXT,               -- null: the question was answered while the picture was on its way
    picture TEXT NOT NULL,          -- rectangle, zoom-in
    uploaded_at BIGINT NOT NULL,
    withdraw_asked_at BIGINT        -- when the channel was last asked to delete it and did not
);
CREATE INDEX colleague_pictures_by_face ON colleague_pictures (face_id);
CREATE INDEX colleague_pictures_by_photo ON colleague_pictures (photo_id);
CREATE INDEX colleague_pictures_by_question ON colleague_pictures (question_id) WHERE question_id IS NOT NULL;
