-- A round of retention looks only at what may be due, not at every photo.
CREATE INDEX photos_by_time ON photos (received_at);
CREATE INDEX inbox_with_file ON inbox (received_at) WHERE media IS NOT NULL;
