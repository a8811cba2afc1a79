-- The app's home counts the week each time it is drawn.
CREATE INDEX face_tags_by_time ON face_tags (at);
CREATE INDEX questions_by_time ON questions (asked_at);
