-- Whom and what each stored file shows, and for whom it was made. Times are milliseconds since 1970-01-01 UTC. Ids are text.

-- One row for each subject of a file; exactly one of the ids is set. Written before the file, deleted after it.
CREATE TABLE media_subjects (
    media TEXT NOT NULL,            -- file
    kind TEXT NOT NULL,             -- see MediaKind
    group_id TEXT,                  -- whose photo or person it shows: only members see it
    photo_id TEXT,
    face_id TEXT,
    person_id TEXT,
    participant_id TEXT,            -- made for them, or sent by them: nobody else sees it
    stored_at BIGINT NOT NULL
);
CREATE INDEX media_subjects_by_media ON media_subjects (media);
CREATE INDEX media_subjects_by_group ON media_subjects (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX media_subjects_by_photo ON media_subjects (photo_id) WHERE photo_id IS NOT NULL;
CREATE INDEX media_subjects_by_face ON media_subjects (face_id) WHERE face_id IS NOT NULL;
CREATE INDEX media_subjects_by_person ON media_subjects (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX media_subjects_by_participant ON media_subjects (participant_id) WHERE participant_id IS NOT NULL;

-- Files that were stored before this table.
INSERT INTO media_subjects (media, kind, photo_id, stored_at) SELECT media, 'group-photo', id, received_at FROM photos WHERE media IS NOT NULL;
INSERT INTO media_subjects (media, kind, group_id, stored_at) SELECT media, 'group-photo', group_id, received_at FROM photos WHERE media IS NOT NULL;
INSERT INTO media_subjects (media, kind, group_id, stored_at)
    SELECT media, 'group-photo', group_id, received_at FROM inbox WHERE media IS NOT NULL AND media NOT IN (SELECT media FROM media_subjects);
INSERT INTO media_subjects (media, kind, photo_id, stored_at) SELECT DISTINCT media, 'delivery', photo_id, 0 FROM media_distributions WHERE media IS NOT NULL;
INSERT INTO media_subjects (media, kind, group_id, stored_at)
    SELECT DISTINCT d.media, 'delivery', p.group_id, 0 FROM media_distributions d JOIN photos p ON p.id = d.photo_id WHERE d.media IS NOT NULL;
INSERT INTO media_subjects (media, kind, face_id, stored_at) SELECT rectangle, 'face-crop', id, 0 FROM faces WHERE rectangle IS NOT NULL;
INSERT INTO media_subjects (media, kind, face_id, stored_at) SELECT zoom_in, 'face-zoom-in', id, 0 FROM faces WHERE zoom_in IS NOT NULL;
INSERT INTO media_subjects (media, kind, group_id, stored_at)
    SELECT f.rectangle, 'face-crop', p.group_id, 0 FROM faces f JOIN photos p ON p.id = f.photo_id WHERE f.rectangle IS NOT NULL;
INSERT INTO media_subjects (media, kind, group_id, stored_at)
    SELECT f.zoom_in, 'face-zoom-in', p.group_id, 0 FROM faces f JOIN photos p ON p.id = f.photo_id WHERE f.zoom_in IS NOT NULL;
INSERT INTO media_subjects (media, kind, person_id, stored_at) SELECT portrait, 'learned-face', id, 0 FROM persons WHERE portrait IS NOT NULL;
INSERT INTO media_subjects (media, kind, group_id, stored_at) SELECT portrait, 'learned-face', group_id, 0 FROM persons WHERE portrait IS NOT NULL;
INSERT INTO media_subjects (media, kind, person_id, stored_at) SELECT media, 'held-crop', person_id, created_at FROM held_faces;
INSERT INTO media_subjects (media, kind, face_id, stored_at) SELECT media, 'held-crop', id, created_at FROM held_faces;
INSERT INTO media_subjects (media, kind, person_id, stored_at) SELECT picture, 'held-pair', person_id, created_at FROM held_faces;
INSERT INTO media_subjects (media, kind, face_id, stored_at) SELECT picture, 'held-pair', id, created_at FROM held_faces;
INSERT INTO media_subjects (media, kind, person_id, stored_at) SELECT picture, 'held-pair', like_id, created_at FROM held_faces WHERE like_id IS NOT NULL;
INSERT INTO media_subjects (media, kind, person_id, stored_at) SELECT media, 'chat-upload', person_id, 0 FROM enrolment_photos;
