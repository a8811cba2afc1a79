-- An erasure ends with a search for what it deleted, in every table: none of them is read whole.
CREATE INDEX collection_faces_by_face ON collection_faces (face_id);
CREATE INDEX collection_faces_by_user_alone ON collection_faces (user_id);
CREATE INDEX collection_users_by_user ON collection_users (user_id);
-- Photos that are looked at just now: a person who is removed waits for those of the group.
CREATE INDEX photos_under_way ON photos (group_id) WHERE state IN ('unprocessed', 'processing');
