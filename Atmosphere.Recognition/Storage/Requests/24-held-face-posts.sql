-- Held faces that colleagues are asked about, in groups without a teacher. A post outlives its face until the channel shows that it is answered.
-- Their votes are in face_tags.

CREATE TABLE held_face_posts (
    held_id TEXT PRIMARY KEY,       -- the held face, which may be gone
    state TEXT NOT NULL,            -- sending, posted, unknown (nobody can tell; an operator decides)
    posting_at BIGINT NOT NULL,
    channel TEXT,                   -- the channel's id of the room
    ts TEXT                         -- the channel's id of the message
);
