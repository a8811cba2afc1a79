-- A photo that begins again takes its faces out of their clusters.
CREATE INDEX cluster_faces_by_photo ON cluster_faces (photo_id);
