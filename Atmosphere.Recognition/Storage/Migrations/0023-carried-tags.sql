-- What people said of a face, while its photo begins again and the face has not been found again; null otherwise. Pixels of the upright photo.
ALTER TABLE face_tags ADD COLUMN photo_id TEXT;
ALTER TABLE face_tags ADD COLUMN x REAL;
ALTER TABLE face_tags ADD COLUMN y REAL;
ALTER TABLE face_tags ADD COLUMN width REAL;
ALTER TABLE face_tags ADD COLUMN height REAL;
CREATE INDEX face_tags_carried ON face_tags (photo_id) WHERE photo_id IS NOT NULL;
