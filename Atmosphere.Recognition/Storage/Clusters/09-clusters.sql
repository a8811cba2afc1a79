-- Faces of persons that nobody knows yet. Times are milliseconds since 1970-01-01 UTC. Ids are text.

CREATE TABLE clusters (
    id TEXT PRIMARY KEY,            -- stays the same while the cluster grows
    group_id TEXT NOT NULL,
    state TEXT NOT NULL,            -- open, merged, gone (no face is left)
    merged_into TEXT,               -- the older cluster that has its faces now
    faces BIGINT NOT NULL,
    founded_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX clusters_by_group ON clusters (group_id, state);
CREATE INDEX clusters_by_change ON clusters (changed_at) WHERE state <> 'open';

CREATE TABLE cluster_faces (
    face_id TEXT PRIMARY KEY,
    cluster_id TEXT NOT NULL REFERENCES clusters (id),
    group_id TEXT NOT NULL,
    photo_id TEXT NOT NULL,         -- nobody is in a photo twice
    joined_at BIGINT NOT NULL
);
CREATE INDEX cluster_faces_by_cluster ON cluster_faces (cluster_id);
CREATE INDEX cluster_faces_by_group ON cluster_faces (group_id);
-- A photo that begins again takes its faces out of their clusters.
CREATE INDEX cluster_faces_by_photo ON cluster_faces (photo_id);

-- What became of clusters, for rows that still hold their ids.
CREATE TABLE cluster_changes (
    number INTEGER PRIMARY KEY,     -- rises with time
    group_id TEXT NOT NULL,
    kind TEXT NOT NULL,             -- founded, merged, split, moved
    cluster_id TEXT NOT NULL,       -- founded: itself; merged: the one that stays; split, moved: the one that lost faces
    other_id TEXT,                  -- merged: the one that went; split: the new one with those faces; moved: the one that got them
    at BIGINT NOT NULL
);
CREATE INDEX cluster_changes_by_time ON cluster_changes (at);
CREATE INDEX cluster_changes_by_group ON cluster_changes (group_id, number);

-- Grows with every change of a group's clusters, so that what is kept in memory knows whether it still holds.
CREATE TABLE cluster_versions (
    group_id TEXT PRIMARY KEY,
    version BIGINT NOT NULL
);
